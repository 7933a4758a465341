// Second implementations of Data Integrity, of JOSE and of the JWTs of VCDM 1.1 that answer one JSON request a line.
//
// Requests: {id, op, ...}; answers: {id, result} or {id, error}.
//   contexts             {contexts: {url: document}}                       -> how many are known; nothing else is ever loaded
//   did                  {key}                                          -> the did:key of the public half
//   issue                {suite, key, document, created?}                  -> the credential with its proof
//   present              {suite, key, document, created?, challenge, domain?} -> the presentation with its proof
//   verify               {document, now?}                                  -> {verified, errors}
//   verifyPresentation   {document, challenge?, domain?, now?}             -> {verified, errors}
//   issue2020            {key, document, created}                          -> the credential with an Ed25519Signature2020
//   generateKey          {alg}                                             -> a new private JWK for that alg
//   signToken            {alg, key, header, payload}                       -> a compact JWT by jose (ES256K: did-jwt); the header gets alg
//   verifyToken          {key, token, typ, now?}                           -> {header, payload}, or {refused} with jose's error code
//   verifySeal           {key, alg, seal}                                  -> {payload}, or {refused} with jose's error code
//   signSeal             {key, header, payload}                            -> a JWS in general JSON serialization by jose
//   issueJwtVc           {alg, key, did, kid, document}                    -> a JWT-VC of VCDM 1.1 by did-jwt-vc
//   presentJwtVp         {alg, key, did, kid, document, challenge, domain} -> a JWT-VP of VCDM 1.1 by did-jwt-vc
//   verifyJwtVc          {token, didDocument, now}                         -> {said, issuer}, or {refused} with did-jwt's words
//   verifyJwtVp          {token, didDocument, challenge, domain, now}      -> the same; credentials inside are read, not verified
//   canonize             {document}                                        -> RDFC-1.0 N-Quads
//   bench*               {calls, ...}: one of the operations below, so many times -> the milliseconds of each call, measured in here
// A key is a private JWK; its controller is the did:key of its public half. JSON-LD is processed in safe mode throughout.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as didJwt from 'did-jwt';
import * as didJwtVc from 'did-jwt-vc';
import * as jose from 'jose';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import canonicalize from 'canonicalize';
import {createInterface} from 'node:readline';
import {cryptosuite as eddsa2022} from '@digitalbazaar/eddsa-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {generateKeyPairSync} from 'node:crypto';
import jsonld from 'jsonld';
import rdfCanonize from 'rdf-canonize';

const CANONIZE = {algorithm: 'RDFC-1.0', safe: true, base: null, rdfDirection: 'i18n-datatype'};

const SUITES = {
  'eddsa-rdfc-2022': {sign: () => eddsaRdfc, verify: () => eddsaRdfc},
  'eddsa-jcs-2022': {sign: eddsaJcs.createSignCryptosuite, verify: eddsaJcs.createVerifyCryptosuite},
  'ecdsa-rdfc-2019': {sign: () => ecdsaRdfc, verify: () => ecdsaRdfc},
  'ecdsa-jcs-2019': {sign: ecdsaJcs.createSignCryptosuite, verify: ecdsaJcs.createVerifyCryptosuite},
  'eddsa-2022': {sign: () => eddsa2022, verify: () => eddsa2022}
};

const KEY_KINDS = {
  EdDSA: ['ed25519', {}],
  ES256: ['ec', {namedCurve: 'P-256'}],
  ES384: ['ec', {namedCurve: 'P-384'}],
  ES512: ['ec', {namedCurve: 'P-521'}],
  ES256K: ['ec', {namedCurve: 'secp256k1'}],
  RS256: ['rsa', {modulusLength: 2048}],
  PS256: ['rsa', {modulusLength: 3072}]
};
const DID_JWT_SIGNERS = {EdDSA: didJwt.EdDSASigner, ES256: didJwt.ES256Signer, ES256K: didJwt.ES256KSigner};

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

  async issue2020({key, document, created}) {
    const suite = new Ed25519Signature2020({signer: (await keyPair(key)).signer(), date: created});
    return vc.issue({credential: document, suite, documentLoader, now: created});
  },

  async generateKey({alg}) {
    const [kind, options] = KEY_KINDS[alg];
    return generateKeyPairSync(kind, options).privateKey.export({format: 'jwk'});
  },

  async issueJwtVc({alg, key, did, kid, document}) {
    return didJwtVc.createVerifiableCredentialJwt(document, {did, alg, signer: didJwtSigner(alg, key)}, {header: kid ? {kid, typ: 'JWT'} : {typ: 'JWT'}});
  },

  async presentJwtVp({alg, key, did, kid, document, challenge, domain}) {
    const holder = {did, alg, signer: didJwtSigner(alg, key)};
    return didJwtVc.createVerifiablePresentationJwt(document, holder, {header: kid ? {kid, typ: 'JWT'} : {typ: 'JWT'}, challenge, domain});
  },

  async verifyJwtVc({token, didDocument, now}) {
    return judged(async () => {
      const verified = await didJwtVc.verifyCredential(token, resolverOf(didDocument), {policies: {now: seconds(now)}});
      return {said: verified.verifiableCredential, issuer: verified.issuer};
    });
  },

  async verifyJwtVp({token, didDocument, challenge, domain, now}) {
    return judged(async () => {
      const options = {challenge, domain, policies: {now: seconds(now)}};
      const verified = await didJwtVc.verifyPresentation(token, resolverOf(didDocument), options);
      return {said: verified.verifiablePresentation, issuer: verified.issuer};
    });
  },

  async signToken({alg, key, header, payload}) {
    if(alg === 'ES256K') {
      // jose has given up this curve.
      return didJwt.createJWS(payload, didJwtSigner(alg, key), {...header, alg});
    }
    const signing = new jose.SignJWT(payload).setProtectedHeader({...header, alg});
    return signing.sign(await jose.importJWK(key, alg));
  },

  async verifyToken({key, token, typ, now}) {
    try {
      const {payload, protectedHeader} = await jose.jwtVerify(token, await jose.importJWK(key), {typ, currentDate: now && new Date(now)});
      return {payload, header: protectedHeader};
    } catch(error) {
      return {refused: error.code ?? `${error}`};
    }
  },

  async verifySeal({key, alg, seal}) {
    try {
      // JAdES has parameters of its own in crit; which of them it knows, a verifier has to say.
      const options = {algorithms: [alg], crit: {sigT: true, adoTst: true}};
      const {payload} = await jose.generalVerify(seal, await jose.importJWK(key, alg), options);
      return {payload: new TextDecoder().decode(payload)};
    } catch(error) {
      return {refused: error.code ?? `${error}`};
    }
  },

  async signSeal({key, header, payload}) {
    const signing = new jose.GeneralSign(new TextEncoder().encode(payload));
    const options = {crit: {sigT: true, adoTst: true}};
    signing.addSignature(await jose.importJWK(key, header.alg), options).setProtectedHeader(header);
    const {signatures} = await signing.sign();
    return {payload, signatures};
  },

  async canonize({document}) {
    return jsonld.canonize(document, {...CANONIZE, documentLoader});
  },

  async benchIssue({suite, key, document, created, calls}) {
    const pair = await keyPair(key);
    return timed(calls, {
      // A suite remembers the hash of the last document: a new one and a copy for each call, or nothing would be hashed.
      prepare: () => ({credential: structuredClone(document), suite: proofSuite({suite, pair, created})}),
      work: prepared => vc.issue({...prepared, documentLoader, now: created})
    });
  },

  async benchVerify({suite, document, now, calls}) {
    return timed(calls, {
      prepare: () => ({credential: structuredClone(document), suite: new DataIntegrityProof({cryptosuite: SUITES[suite].verify()})}),
      work: prepared => vc.verifyCredential({...prepared, documentLoader, now}),
      check: ({verified}) => verified
    });
  },

  async benchVerifySeal({key, alg, seal, calls}) {
    const imported = await jose.importJWK(key, alg);
    const options = {algorithms: [alg], crit: {sigT: true, adoTst: true}};
    return timed(calls, {prepare: () => structuredClone(seal), work: copy => jose.generalVerify(copy, imported, options)});
  },

  async benchStatements({document, calls}) {
    return timed(calls, {prepare: () => structuredClone(document), work: copy => jsonld.canonize(copy, {...CANONIZE, documentLoader})});
  },

  async benchCanonize({nquads, calls}) {
    return timed(calls, {
      prepare: () => rdfCanonize.NQuads.parse(nquads),
      work: dataset => rdfCanonize.canonize(dataset, {algorithm: 'RDFC-1.0'}),
      check: result => result === nquads
    });
  },

  async benchJcs({document, calls}) {
    return timed(calls, {prepare: () => structuredClone(document), work: copy => canonicalize(copy)});
  }
};

function didJwtSigner(alg, key) {
  return DID_JWT_SIGNERS[alg](new Uint8Array(Buffer.from(key.d, 'base64url')));
}

function resolverOf(didDocument) {
  return {
    async resolve(did) {
      if(did !== didDocument.id) {
        throw new Error(`nobody else is resolved: ${did}`);
      }
      return {didDocument, didDocumentMetadata: {}, didResolutionMetadata: {}};
    }
  };
}

async function judged(verify) {
  try {
    return await verify();
  } catch(error) {
    return {refused: `${error.message}`};
  }
}

function seconds(moment) {
  return Date.parse(moment) / 1000;
}

async function timed(calls, {prepare, work, check = () => true}) {
  const milliseconds = [];
  for(let call = 0; call < calls; ++call) {
    const prepared = prepare();
    const started = performance.now();
    const result = await work(prepared);
    milliseconds.push(performance.now() - started);
    if(!check(result)) {
      throw new Error('what was measured did not succeed');
    }
  }
  return milliseconds;
}

async function signingSuite({suite, key, created}) {
  return proofSuite({suite, pair: await keyPair(key), created});
}

function proofSuite({suite, pair, created}) {
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
  // `static`: processed contexts may be kept, they never change under their URL.
  return {contextUrl: null, documentUrl: url, document: contexts.get(url), tag: 'static'};
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
