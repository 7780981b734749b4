/** The pages by which people sign in. A browser opens them in a tab: they have no Origin. */
export const signInPath = '/sign-in';
export const donePath = '/sign-in/done';

export const signInPaths: Readonly<Record<string, 'GET'>> = { [signInPath]: 'GET', [donePath]: 'GET' };
