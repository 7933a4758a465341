// w3c/vc-di-eddsa-test-suite against examples/interop/w3c-suites.toml: copy it as localConfig.cjs into the root of a checkout of the suite.
// ISSUER_IDS is the file that examples/interop/prepare makes; BASE_URL is the node. See docs/how-to/w3c-suites.md.
'use strict';
const path = require('node:path');

const base = (process.env.BASE_URL || 'https://127.0.0.1:8443').replace(/\/+$/, '');
if(!process.env.ISSUER_IDS) {
  throw new Error('ISSUER_IDS names no file: see docs/how-to/w3c-suites.md of atesto.');
}
const ids = require(path.resolve(process.env.ISSUER_IDS));
const entry = (key, endpoint, tags) =>
  ({id: ids[key], endpoint: base + endpoint, supports: {vc: ['1.1', '2.0']}, tags});
const issuer = (name, key, tags) => entry(key, `/issuers/${name}/credentials/issue`, tags);

module.exports = {
  settings: {enableInteropTests: true, testAllImplementations: false},
  implementations: [{
    name: 'atesto',
    implementation: 'atesto',
    issuers: [
      issuer('eddsa-rdfc-2022', 'ed25519', ['eddsa-rdfc-2022']),
      issuer('eddsa-jcs-2022', 'ed25519', ['eddsa-jcs-2022'])
    ],
    verifiers: [entry('ed25519', '/credentials/verify', ['eddsa-rdfc-2022', 'eddsa-jcs-2022'])]
  }]
};
