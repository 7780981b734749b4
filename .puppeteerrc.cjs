// The install must not depend on a browser download; the set-up looks for an installed one first.
module.exports = { skipDownload: true };
