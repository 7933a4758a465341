// A second implementation of Data Integrity that answers one JSON request a line.
//
// Requests: {id, op, ...}; answers: {id, result} or {id, error}.
//   contexts             {contexts: {url: document}}                       -> how many are known; nothing else is ever loaded
//   did                  {key}                                          -> the did:key of the public half
//   issue                {suite, key, document, created?}                  -> the credential with its proof
//   present              {suite, key, document, created?, challenge, domain?} -> the presentation with its proof
//   verify               {document, now?}                                  -> {verified, errors}
//   verifyPresentation   {document, challenge?, domain?, now?}             -> {verified, errors}
//   canonize             {document}                                        -> RDFC-1.0 N-Quads
// A key is a private JWK; its controller is the did:key of its public half. JSON-LD is processed in safe mode throughout.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {createInterface} from 'node:readline';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import jsonld from 'jsonld';

const SUITES = {
  'eddsa-rdfc-2022': {sign: () => eddsaRdfc, verify: () => eddsaRdfc},
  'eddsa-jcs-2022': {sign: eddsaJcs.createSignCryptosuite, verify: eddsaJcs.createVerifyCryptosuite},
  'ecdsa-rdfc-2019': {sign: () => ecdsaRdfc, verify: () => ecdsaRdfc},
  'ecdsa-jcs-2019': {sign: ecdsaJcs.createSignCryptosuite, verify: ecdsaJcs.createVerifyCryptosuite}
};

const contexts = new Map();

const OPERATIONS = {
  async contexts(request) {
    for(const [url, document] of Object.entries(request.contexts)) {
      contexts.set(url, document);
    }
    return contexts.size;
  },

  async did({key}) {
    return (await keyPair(key)).controller;
  },

  async issue({suite, key, document, created}) {
    const signing = await signingSuite({suite, key, created});
    return vc.issue({credential: document, suite: signing, documentLoader, now: created});
  },

  async present({suite, key, document, created, challenge, domain}) {
    const signing = await signingSuite({suite, key, created});
    return vc.signPresentation({presentation: document, suite: signing, challenge, domain, documentLoader});
  },

  async verify({document, now}) {
    return verdict(await vc.verifyCredential({credential: document, suite: verifyingSuites(), documentLoader, now}));
  },

  async verifyPresentation({document, challenge, domain, now}) {
    return verdict(await vc.verify({presentation: document, suite: verifyingSuites(), challenge, domain, documentLoader, now}));
  },

  async canonize({document}) {
    return jsonld.canonize(document, {algorithm: 'RDFC-1.0', safe: true, base: null, rdfDirection: 'i18n-datatype', documentLoader});
  }
};

async function signingSuite({suite, key, created}) {
  const pair = await keyPair(key);
  return new DataIntegrityProof({signer: pair.signer(), date: created, cryptosuite: SUITES[suite].sign()});
}

async function keyPair(key) {
  const Multikey = key.kty === 'OKP' ? Ed25519Multikey : EcdsaMultikey;
  const pair = await Multikey.fromJwk({jwk: key, secretKey: true});
  const {publicKeyMultibase} = await pair.export({publicKey: true});
  pair.controller = `did:key:${publicKeyMultibase}`;
  pair.id = `${pair.controller}#${publicKeyMultibase}`;
  return pair;
}

function verifyingSuites() {
  return Object.values(SUITES).map(suite => new DataIntegrityProof({cryptosuite: suite.verify()}));
}

async function documentLoader(url) {
  if(url.startsWith('did:key:')) {
    return {contextUrl: null, documentUrl: url, document: didKeyDocument(url)};
  }
  if(!contexts.has(url)) {
    throw new Error(`nothing is loaded from outside: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: contexts.get(url)};
}

function didKeyDocument(url) {
  const [did, fragment] = url.split('#');
  const publicKeyMultibase = did.slice('did:key:'.length);
  const id = `${did}#${publicKeyMultibase}`;
  const method = {id, type: 'Multikey', controller: did, publicKeyMultibase};
  if(fragment !== undefined) {
    return {'@context': 'https://w3id.org/security/multikey/v1', ...method};
  }
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [method],
    assertionMethod: [id],
    authentication: [id]
  };
}

function verdict({verified, error}) {
  const all = error ? [error, ...(error.errors ?? [])] : [];
  return {verified, errors: all.map(({name, message}) => `${name}: ${message}`)};
}

for await (const line of createInterface({input: process.stdin})) {
  const {id, op, ...request} = JSON.parse(line);
  let answer;
  try {
    answer = {id, result: await OPERATIONS[op](request)};
  } catch(error) {
    const cause = error.details?.cause?.message ?? '';
    answer = {id, error: `${error.name}: ${error.message} ${cause} ${JSON.stringify(error.details ?? '')}`};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
