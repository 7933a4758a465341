// w3c/vc-di-ecdsa-test-suite against examples/interop/w3c-suites.toml: copy it as localConfig.cjs into the root of a checkout of the suite.
// ISSUER_IDS is the file that examples/interop/prepare makes; BASE_URL is the node. See docs/how-to/w3c-suites.md.
// No `options`: the suite writes into those of an entry, and later requests would carry them. P-256 first: only the first of a tag is asked.
'use strict';
const path = require('node:path');

const base = (process.env.BASE_URL || 'https://127.0.0.1:8443').replace(/\/+$/, '');
if(!process.env.ISSUER_IDS) {
  throw new Error('ISSUER_IDS names no file: see docs/how-to/w3c-suites.md of atesto.');
}
const ids = require(path.resolve(process.env.ISSUER_IDS));
const entry = (key, endpoint, tags, supportedEcdsaKeyTypes) =>
  ({id: ids[key], endpoint: base + endpoint, supports: {vc: ['1.1', '2.0']}, tags, supportedEcdsaKeyTypes});
const issuer = (name, key, tag, keyType) => entry(key, `/issuers/${name}/credentials/issue`, [tag], [keyType]);

module.exports = {
  settings: {enableInteropTests: true, testAllImplementations: false},
  implementations: [{
    name: 'atesto',
    implementation: 'atesto',
    issuers: [
      issuer('ecdsa-rdfc-2019-p256', 'p256', 'ecdsa-rdfc-2019', 'P-256'),
      issuer('ecdsa-rdfc-2019-p384', 'p384', 'ecdsa-rdfc-2019', 'P-384'),
      issuer('ecdsa-jcs-2019-p256', 'p256', 'ecdsa-jcs-2019', 'P-256'),
      issuer('ecdsa-jcs-2019-p384', 'p384', 'ecdsa-jcs-2019', 'P-384')
    ],
    verifiers: [entry('ed25519', '/credentials/verify', ['ecdsa-rdfc-2019', 'ecdsa-jcs-2019'], ['P-256', 'P-384'])]
  }]
};
