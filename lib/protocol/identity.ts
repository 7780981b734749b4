/**
 * Who Parley is to the browser and to a relay. The public key pins the extension's id wherever it is loaded from, so a
 * relay's list of allowed origins holds for every unpacked copy. (The id is a hash of this key; a test checks it.)
 */
export const manifestKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArR27MINW3vnKzcdB94v5RNkCHN+z6scN8+UQJpSCkzV+dkpe6+mZRhqkruEk/UMTO6PuSrJL7AB+dIZYlay5KYPPyqKFwrw5H76XYIva1CuKxJ+S687hSNAOJxopwLxogzM/X9ulP28rt8S9dHNRARX4DxyHPh4tb7UyPEZR0HCl3qA7WH0z47hPDe5FQXISJiVHaEhXgqlugdtJ8qOUJFlhmqC2p1kcksizni+AHB7WajZCNgG3KWnSsXWj73cJiz63fkVvZ/Z1Bjy4aw4EfEZAC5dDrz/kmIfQKacL1BxZxLYV8YqgpRHB3be+D7g621DS5eBtxmG/ub73Lr2O0QIDAQAB';

export const extensionId = 'pfmlpbmkgmjekcicgagngkmoecafikfj';
