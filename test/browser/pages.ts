/** Pages with facts that can be checked by ear. */

export const lighthouse = `<!doctype html>
<html lang="en">
  <head><title>Visiting the lighthouse</title></head>
  <body>
    <nav><a href="#">Home</a> <a href="#">Tickets</a> <a href="#">Contact</a></nav>
    <main>
      <h1>Visiting the lighthouse</h1>
      <p>The lighthouse stands on the northern cliff and was built in stone by local fishermen.</p>
      <h2>Opening hours</h2>
      <p>The tower opens at nine in the morning and closes at six in the evening.</p>
      <h2>Tickets</h2>
      <p>A ticket costs twelve euros for adults, and children enter for free.</p>
      <h2>The keeper</h2>
      <p>The keeper is called Martha, and she tells stories about storms every Sunday.</p>
    </main>
    <footer>Copyright of the harbour office</footer>
  </body>
</html>`;
