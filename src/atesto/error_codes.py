"""The catalogue of refusals: one literal row a code.

A code is stable: once published it keeps its meaning. `title` is one sentence for a person, `hint` one for the operator, `problem_type` the
specification's problem type where one exists (RFC 9457; `about:blank` otherwise), `http_status` what a door answers when the whole request
fails with it. `undecided` marks codes that mean "could not be checked": the verdict is then *not confirmed*, else *refused*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_VC: Final = "https://www.w3.org/TR/vc-data-model#"
_SEC: Final = "https://w3id.org/security#"
_DID: Final = "https://www.w3.org/ns/did#"
_STATUS: Final = "https://www.w3.org/ns/credentials/status-list#"

PARSING_ERROR: Final = _VC + "PARSING_ERROR"
MALFORMED_VALUE: Final = _VC + "MALFORMED_VALUE_ERROR"
CRYPTOGRAPHIC_SECURITY: Final = _VC + "CRYPTOGRAPHIC_SECURITY_ERROR"
RANGE_ERROR: Final = _VC + "RANGE_ERROR"
PROOF_VERIFICATION: Final = _SEC + "PROOF_VERIFICATION_ERROR"
PROOF_TRANSFORMATION: Final = _SEC + "PROOF_TRANSFORMATION_ERROR"
INVALID_CHALLENGE: Final = _SEC + "INVALID_CHALLENGE_ERROR"
INVALID_DOMAIN: Final = _SEC + "INVALID_DOMAIN_ERROR"
INVALID_METHOD: Final = _SEC + "INVALID_VERIFICATION_METHOD"
INVALID_METHOD_URL: Final = _SEC + "INVALID_VERIFICATION_METHOD_URL"
INVALID_RELATIONSHIP: Final = _SEC + "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"
INVALID_CONTROLLER_DOCUMENT: Final = _SEC + "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"
INVALID_CONTROLLER_DOCUMENT_ID: Final = _SEC + "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID"
INVALID_DID: Final = _DID + "INVALID_DID"
METHOD_NOT_SUPPORTED: Final = _DID + "METHOD_NOT_SUPPORTED"
STATUS_RETRIEVAL: Final = _STATUS + "STATUS_RETRIEVAL_ERROR"
STATUS_VERIFICATION: Final = _STATUS + "STATUS_VERIFICATION_ERROR"
STATUS_LIST_LENGTH: Final = _STATUS + "STATUS_LIST_LENGTH_ERROR"
BLANK: Final = "about:blank"


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One row of the catalogue."""

    title: str
    hint: str
    problem_type: str = BLANK
    http_status: int = 400
    undecided: bool = False


# fmt: off
ERROR_CODES: Final[dict[str, ErrorCode]] = {
    # --- station 1: transport ------------------------------------------------------------------------------------------
    "transport.body_too_large": ErrorCode("The request is larger than this node accepts.", "Raise the body limit or send less.", http_status=413, undecided=True),
    "transport.timeout": ErrorCode("The request arrived too slowly.", "Check the client's connection; the node waits a bounded time for a body.", http_status=408, undecided=True),
    "transport.unsupported_media_type": ErrorCode("The request does not say that it is something that this address takes.", "Send Content-Type: application/json, or what /openapi.json lists.", http_status=415, undecided=True),
    "transport.content_encoding": ErrorCode("Compressed requests are not accepted.", "Send the body without Content-Encoding.", http_status=415, undecided=True),
    "transport.unknown_host": ErrorCode("This node does not answer under that host name.", "Add the name to allowed_hosts.", http_status=421, undecided=True),
    "transport.unreadable": ErrorCode("This is not a request that the node can read.", "Send HTTP/1.1: one length of the body, whole lines, bounded headers.", undecided=True),
    "transport.not_found": ErrorCode("There is nothing at this address.", "See /openapi.json for the addresses.", http_status=404, undecided=True),
    "transport.method_not_allowed": ErrorCode("This address does not take that method.", "See the Allow header.", http_status=405, undecided=True),
    "transport.unauthorized": ErrorCode("Issuing needs the API token.", "Send Authorization: Bearer and the token that the node made at first start.", http_status=401, undecided=True),
    "transport.overloaded": ErrorCode("The node is busy; nothing was done.", "Try again after the time in Retry-After.", http_status=503, undecided=True),
    "transport.cross_site": ErrorCode("The form was sent by another site; nothing was done.", "Open this node's own page and send the form from there.", http_status=403, undecided=True),
    "transport.internal": ErrorCode("The node failed; nothing was released.", "Look for the request id in the log.", http_status=500, undecided=True),
    "request.malformed": ErrorCode("The request body does not have the expected members.", "See /openapi.json for the body.", PARSING_ERROR),
    "request.unknown_name": ErrorCode("There is no issuer or verifier with that name.", "See the configuration's names.", http_status=404, undecided=True),
    "request.option_unsupported": ErrorCode("The request asks for an option that this node does not know.", "Leave the option out."),
    # --- station 2: strict JSON and tokens --------------------------------------------------------------------------------
    "json.invalid": ErrorCode("This is not JSON.", "Check the text with a JSON linter.", PARSING_ERROR),
    "json.not_utf8": ErrorCode("The text is not UTF-8.", "Encode JSON as UTF-8 without a byte order mark.", PARSING_ERROR),
    "json.duplicate_member": ErrorCode("A name stands twice in the same object.", "Each member name may occur once.", PARSING_ERROR),
    "json.too_deep": ErrorCode("The JSON is nested too deeply.", "See limits.MAX_JSON_DEPTH.", PARSING_ERROR),
    "json.too_large": ErrorCode("The JSON text is too large.", "See limits.MAX_JSON_BYTES.", PARSING_ERROR, 413),
    "json.too_many_items": ErrorCode("The JSON has too many members.", "See limits.MAX_JSON_ITEMS.", PARSING_ERROR),
    "json.number_out_of_range": ErrorCode("A number cannot be represented exactly.", "Integers stay within 2^53-1, numbers are finite and short.", PARSING_ERROR),
    "json.lone_surrogate": ErrorCode("A string holds half of a character.", "Escape astral characters as surrogate pairs.", PARSING_ERROR),
    "json.nul_character": ErrorCode("A string holds a NUL character.", "Remove U+0000.", PARSING_ERROR),
    "json.not_an_object": ErrorCode("A JSON object was expected.", "Send an object.", PARSING_ERROR),
    "token.malformed": ErrorCode("The token does not have the exact form of its format.", "Base64url without padding, no other characters.", PARSING_ERROR),
    "token.header": ErrorCode("The token's header is malformed.", "alg, kid, typ and cty are texts, and alg is there.", PARSING_ERROR),
    "token.critical": ErrorCode("The token demands an extension that this node does not know.", "Sign without crit.", PARSING_ERROR),
    "token.unencoded": ErrorCode("The token changes how its content is encoded.", "Sign without b64.", PARSING_ERROR),
    "token.foreign_key": ErrorCode("The token brings its own key: anybody could have made it.", "Sign without jku, x5u and x5c, and without jwk outside Open Badges; name the key by kid.", PROOF_VERIFICATION),
    "token.algorithm": ErrorCode("The token is not signed, or in a way that proves nothing here.", "EdDSA, ES256, ES384; to verify also Ed25519, ES512, ES256K, RS256, PS256.", PROOF_VERIFICATION),
    "envelope.malformed": ErrorCode("The envelope around the token is malformed.", "@context, id and type; id is data:, a media type, a comma and the token.", PARSING_ERROR),
    "envelope.media_type": ErrorCode("The envelope holds something else than it should.", "application/vc+jwt for credentials, application/vp+jwt for presentations.", PARSING_ERROR),
    "seal.malformed": ErrorCode("The seal does not have the form of one.", "JWS general JSON serialization: payload, and signatures with one entry.", PARSING_ERROR),
    "seal.form": ErrorCode("A seal of this form is not read here.", "JWS general JSON serialization, one signature, the payload inside, etsiU in base64url.", PARSING_ERROR),
    "seal.header": ErrorCode("The seal's header is malformed.", "See ETSI TS 119 182-1 section 5.", PARSING_ERROR),
    "seal.critical": ErrorCode("The seal demands an extension that this node does not know.", "b64, sigT and adoTst are known.", PARSING_ERROR),
    "seal.payload_encoding": ErrorCode("The seal encodes its content in a way that is not read here.", "b64 is false: the payload stands as a text.", PARSING_ERROR),
    "seal.foreign_key": ErrorCode("The seal brings a key without a certificate, or says where to fetch one.", "The certificate stands in x5c.", PROOF_VERIFICATION),
    "seal.algorithm": ErrorCode("The seal is made in a way that proves nothing here.", "RS256, PS256, ES256, ES384.", PROOF_VERIFICATION),
    "seal.certificate_malformed": ErrorCode("A certificate of the seal cannot be read.", "X.509 in DER, in base64 in x5c.", PARSING_ERROR),
    "seal.certificate_differs": ErrorCode("The seal names another certificate than it brings.", "x5t#S256 is the SHA-256 of the first certificate of x5c.", PROOF_VERIFICATION),
    "seal.timestamp_malformed": ErrorCode("A timestamp cannot be read.", "RFC 3161, in DER.", PARSING_ERROR),
    "seal.timestamp_failed": ErrorCode("A timestamp does not hold.", "See the detail.", PROOF_VERIFICATION),
    "encoding.base58": ErrorCode("A base58 value is malformed.", "Only the base58btc alphabet after 'z'.", MALFORMED_VALUE),
    "encoding.base64url": ErrorCode("A base64url value is malformed.", "Only the base64url alphabet, no padding.", MALFORMED_VALUE),
    "encoding.multibase": ErrorCode("A multibase value is malformed.", "'z' for base58btc, 'u' for base64url.", MALFORMED_VALUE),
    "encoding.digest": ErrorCode("A digest is malformed.", "digestSRI: sha384- and base64; digestMultibase: a multihash in multibase.", MALFORMED_VALUE),
    "encoding.too_long": ErrorCode("An encoded value is too long.", "See limits.py.", MALFORMED_VALUE),
    "encoding.not_canonicalizable": ErrorCode("The value has no canonical JSON form.", "Numbers within 2^53-1, strings without lone surrogates.", MALFORMED_VALUE),
    "time.malformed": ErrorCode("A date-time is malformed.", "RFC 3339, for example 2026-06-15T09:00:00Z.", MALFORMED_VALUE),
    # --- station 2: pictures ----------------------------------------------------------------------------------------------
    "image.unknown_format": ErrorCode("This picture is of a format that holds no credential.", "Send the PNG or SVG as it was downloaded; other formats lose the credential.", PARSING_ERROR),
    "image.too_large": ErrorCode("The picture is too large.", "See limits.MAX_IMAGE_BYTES.", PARSING_ERROR, 413),
    "image.too_many_parts": ErrorCode("The picture has more parts than this node reads.", "See limits.MAX_PNG_CHUNKS and MAX_SVG_*.", PARSING_ERROR),
    "image.truncated": ErrorCode("The picture is not whole.", "Download it again.", PARSING_ERROR),
    "image.checksum": ErrorCode("The picture was damaged or changed.", "Download it again from where it was issued.", PARSING_ERROR),
    "image.chunk_malformed": ErrorCode("A part of the PNG does not have the form that PNG demands.", "See PNG (third edition) sections 5 and 11.", PARSING_ERROR),
    "image.chunk_order": ErrorCode("The parts of the PNG do not stand in the order that PNG demands.", "See PNG (third edition) section 5.6.", PARSING_ERROR),
    "image.chunk_unknown": ErrorCode("The PNG has a part that no reader knows.", "Critical chunks are IHDR, PLTE, IDAT and IEND.", PARSING_ERROR),
    "image.trailing_data": ErrorCode("Something stands after the end of the picture.", "Cut the file off after IEND, or download it again.", PARSING_ERROR),
    "image.no_credential": ErrorCode("There is no credential in this picture.", "Phones and social networks strip it: send the file as it was issued.", PARSING_ERROR),
    "image.several_credentials": ErrorCode("There is more than one credential in this picture.", "A picture holds one; bake it anew.", PARSING_ERROR),
    "image.compressed": ErrorCode("The credential in this picture is compressed.", "Open Badges 3.0 section 5.3: the text is not compressed.", PARSING_ERROR),
    "image.wrong_chunk": ErrorCode("The credential stands in another kind of part than it should.", "Open Badges 3.0 section 5.3: an iTXt chunk.", PARSING_ERROR),
    "image.not_utf8": ErrorCode("The credential in this picture is not UTF-8.", "Bake it anew; iTXt holds UTF-8.", PARSING_ERROR),
    "image.older_version": ErrorCode("The picture holds an Open Badge of version 1 or 2.", "This node verifies Open Badges 3.0; ask the issuer for one."),
    "image.svg_malformed": ErrorCode("The SVG is not well-formed XML.", "Check it with an XML parser, or download it again.", PARSING_ERROR),
    "image.svg_encoding": ErrorCode("The SVG is not UTF-8.", "Save it as UTF-8.", PARSING_ERROR),
    "image.svg_dtd": ErrorCode("The SVG declares entities or rules of its own.", "Save it without a DOCTYPE.", PARSING_ERROR),
    "image.svg_entity": ErrorCode("The SVG refers to something outside of it.", "Write characters themselves, or by number.", PARSING_ERROR),
    "image.svg_root": ErrorCode("This XML is not an SVG.", "The root is svg of http://www.w3.org/2000/svg.", PARSING_ERROR),
    "image.credential_malformed": ErrorCode("The credential element of the SVG is malformed.", "JSON as its text, or a compact JWS in its attribute verify.", PARSING_ERROR),
    "image.already_baked": ErrorCode("There is a credential in this picture already; nothing was changed.", "Take the picture without it, or ask for it to be replaced."),
    "image.unwritable": ErrorCode("The credential has a character that an SVG cannot hold.", "Bake it into a PNG, or escape the character in the JSON."),
    "image.not_a_badge": ErrorCode("This is not a credential that is baked into pictures.", "OpenBadgeCredential, AchievementCredential or ClrCredential."),
    "image.not_secured": ErrorCode("The credential carries no proof: it would be worth nothing in a picture.", "Issue it first, then bake what was issued."),
    "image.colour": ErrorCode("The colour is not one.", "Six hexadecimal digits after #, for example #0B6B4F."),
    # --- station 3: shape of the data model -------------------------------------------------------------------------------
    "model.context_missing": ErrorCode("The credential does not name the base context first.", "credentials/v2 (or 2018/credentials/v1) comes first.", PARSING_ERROR),
    "model.type_missing": ErrorCode("The document does not say that it is a credential or presentation.", "VerifiableCredential in type.", MALFORMED_VALUE),
    "model.member_missing": ErrorCode("A member that the data model demands is missing.", "See VCDM 2.0 section 4.", MALFORMED_VALUE),
    "model.member_malformed": ErrorCode("A member does not have the form that the data model demands.", "See VCDM 2.0 section 4.", MALFORMED_VALUE),
    "model.id_malformed": ErrorCode("An identifier is not an absolute URL.", "Use a URL, DID or URN.", MALFORMED_VALUE),
    "model.too_many": ErrorCode("The document has more parts than this node checks.", "See limits.py.", MALFORMED_VALUE),
    "model.ambiguous": ErrorCode("The document says that it is both a credential and a presentation.", "One of the two types, and verifiableCredential in presentations only.", MALFORMED_VALUE),
    "model.unsupported_format": ErrorCode("This kind of document is not supported.", "See the manual for the formats."),
    "token.type": ErrorCode("The token is not of the type that was expected.", "typ is vc+jwt or vp+jwt; JWT only around a vc or vp claim.", PROOF_VERIFICATION),
    "token.content_type": ErrorCode("The token says that it holds something else.", "cty is vc or vp, or left out.", PROOF_VERIFICATION),
    "token.wrapped": ErrorCode("The token holds its content in the way of an older version.", "VCDM 2.0: the payload is the document, without vc or vp.", PARSING_ERROR),
    "token.second_proof": ErrorCode("The token holds a document with a proof of its own, which is not verified here.", "Secure it in one way.", PROOF_VERIFICATION),
    "token.claim_malformed": ErrorCode("A claim of the token is malformed.", "See RFC 7519 section 4.1.", MALFORMED_VALUE),
    "token.header_member": ErrorCode("The header of the badge's token has a member that Open Badges does not allow.", "alg, kid, jwk and typ alone (Open Badges 3.0 section 8.2.3.1).", PROOF_VERIFICATION),
    "token.claim_missing": ErrorCode("The badge's token does not repeat what the badge states.", "iss, sub, jti and nbf, and exp where there is a validUntil.", MALFORMED_VALUE),
    "token.claims_differ": ErrorCode("The token says two different things.", "iss, sub, jti, nbf and exp repeat what the document states.", MALFORMED_VALUE),
    # --- station 4: context policy ----------------------------------------------------------------------------------------
    "context.unknown": ErrorCode("The document uses a vocabulary that this node does not know.", "Register the context by URL and sha256.", PROOF_TRANSFORMATION),
    "context.inline": ErrorCode("The document defines its own vocabulary.", "Strict verifiers take bundled contexts only.", PROOF_TRANSFORMATION),
    "context.not_allowed": ErrorCode("This vocabulary is for interoperability tests only.", "Use policy interop for tests.", PROOF_TRANSFORMATION),
    "context.malformed": ErrorCode("The @context is malformed.", "A list of URLs.", PARSING_ERROR),
    "context.misplaced": ErrorCode("A vocabulary is named inside the document.", "@context stands at the top only.", PROOF_TRANSFORMATION),
    "context.too_many": ErrorCode("The document names too many vocabularies.", "See limits.MAX_CONTEXTS.", PROOF_TRANSFORMATION),
    "context.digest_mismatch": ErrorCode("A bundled context was altered.", "Reinstall, or run scripts/contexts."),
    # --- station 5: expansion and canonicalization ------------------------------------------------------------------------
    "linked_data.undefined_term": ErrorCode("A claim is not covered by the proof: its name is not defined.", "Define the term in a context or remove it.", PROOF_TRANSFORMATION),
    "linked_data.undefined_type": ErrorCode("A type is not defined by the vocabularies.", "Define the type in a context or remove it.", PROOF_TRANSFORMATION),
    "linked_data.relative_iri": ErrorCode("An identifier is relative and so not covered by the proof.", "Use absolute IRIs.", PROOF_TRANSFORMATION),
    "linked_data.invalid_iri": ErrorCode("An identifier holds characters that no IRI may hold.", "Percent-encode them.", PROOF_TRANSFORMATION),
    "linked_data.dropped_value": ErrorCode("A value is not covered by the proof.", "Null, unnamed and free-floating values carry no statement.", PROOF_TRANSFORMATION),
    "linked_data.invalid_language": ErrorCode("A language tag is malformed.", "BCP 47, for example pt-BR.", PROOF_TRANSFORMATION),
    "linked_data.keyword_misuse": ErrorCode("A JSON-LD keyword is used where the proof does not cover it.", "Remove @index, @graph, @included, @reverse, @nest.", PROOF_TRANSFORMATION),
    "linked_data.renamed_term": ErrorCode("A claim or type is written by another name than its own, where readers would overlook it.", "Write the term that the vocabularies define instead of its IRI or a second name.", PROOF_TRANSFORMATION),
    "linked_data.split_node": ErrorCode("Members of the document stand in another object with the same id, where readers would overlook them.", "Refer to the document by its id alone; write its members at the top.", PROOF_TRANSFORMATION),
    "linked_data.blank_node_id": ErrorCode("An identifier is a blank node label.", "Use an IRI or leave the id out.", PROOF_TRANSFORMATION),
    "linked_data.too_complex": ErrorCode("The document is too complex to canonicalize.", "See limits.py: nodes, statements, work budget.", PROOF_TRANSFORMATION),
    "linked_data.out_of_time": ErrorCode("The document could not be checked in the time that this node allows.", "Try again; raise worker_seconds when the machine is slow.", PROOF_TRANSFORMATION, undecided=True),
    "linked_data.invalid": ErrorCode("The document is not valid JSON-LD.", "Check it with a JSON-LD processor.", PROOF_TRANSFORMATION),
    # --- station 6: keys ----------------------------------------------------------------------------------------------------
    "key.unsupported": ErrorCode("The key is of a kind that this node does not use for this.", "Ed25519, P-256 or P-384; tokens also P-521, secp256k1 and RSA.", INVALID_METHOD),
    "key.malformed": ErrorCode("The key is malformed.", "Check the Multikey or JWK.", INVALID_METHOD),
    "key.length": ErrorCode("The key has another length than keys of its kind.", "Check the Multikey or JWK.", INVALID_METHOD),
    "key.weak": ErrorCode("The key is weak: anybody could sign with it.", "Use a key made by a good generator.", INVALID_METHOD),
    "seal.chain_unknown": ErrorCode("The seal's certificate leads to no authority that this node trusts.", "seal.trust names the authorities.", INVALID_METHOD, undecided=True),
    "seal.chain_broken": ErrorCode("The certificates of the seal do not hold together.", "See the detail.", INVALID_METHOD, undecided=True),
    "seal.certificate_use": ErrorCode("The seal's certificate is not one for sealing.", "Key usage: digital signature or content commitment; no authority's certificate.", INVALID_METHOD, undecided=True),
    "seal.algorithm_weak": ErrorCode("The seal or its certificates rely on something too weak.", "RSA of 2,048 bits or more, SHA-256 or more.", INVALID_METHOD, undecided=True),
    "did.invalid": ErrorCode("The DID is malformed.", "See DID Core 3.1.", INVALID_DID),
    "did.method_not_supported": ErrorCode("This DID method is not supported.", "See the manual for the methods.", METHOD_NOT_SUPPORTED),
    "did.method_not_found": ErrorCode("The key is not in its controller's document.", "The fragment must be found in the resolved document.", INVALID_METHOD),
    "did.method_url_malformed": ErrorCode("The verification method is not a DID URL with a fragment.", "did:…#fragment, one string.", INVALID_METHOD_URL),
    "did.document_malformed": ErrorCode("The key's document is malformed.", "See Controlled Identifiers section 2.", INVALID_CONTROLLER_DOCUMENT),
    "did.document_mismatch": ErrorCode("The document that was found belongs to somebody else.", "Its id must be the DID that was resolved.", INVALID_CONTROLLER_DOCUMENT_ID),
    "did.controller_mismatch": ErrorCode("The key's document names somebody else as the key's controller.", "controller must be the document's own DID.", INVALID_METHOD),
    "did.unreachable": ErrorCode("The key's document could not be fetched.", "Try again later.", INVALID_METHOD, undecided=True),
    # --- fetching ------------------------------------------------------------------------------------------------------------
    "fetch.url_refused": ErrorCode("The address is not one that this node fetches.", "https, a host name, port 443 or one of fetch_ports; no user, no fragment, no dot segments.", undecided=True),
    "fetch.address_refused": ErrorCode("The host is not on the public network.", "Its name must lead to public addresses, as seen from this node.", undecided=True),
    "fetch.unresolvable": ErrorCode("The host's name leads nowhere.", "Check the name's A and AAAA records.", undecided=True),
    "fetch.unconnected": ErrorCode("The host could not be reached.", "Check that it listens, and the firewalls between.", undecided=True),
    "fetch.tls": ErrorCode("The host could not prove by TLS who it is.", "Its certificate must name the host, be valid today, and come with its whole chain.", undecided=True),
    "fetch.too_slow": ErrorCode("The host answered too slowly.", "Try again later.", undecided=True),
    "fetch.status": ErrorCode("The host answered, and not with the document.", "The address must answer 200.", undecided=True),
    "fetch.redirected": ErrorCode("The host sent this node from one address to the next.", "Serve the document where it is sought, or at most two redirects away.", undecided=True),
    "fetch.malformed": ErrorCode("The host's answer is broken, compressed or of another type than was asked for.", "Serve the document whole, uncompressed, with its own Content-Type.", undecided=True),
    "fetch.too_large": ErrorCode("The host's answer is larger than this node reads.", "See limits.py.", undecided=True),
    "fetch.too_busy": ErrorCode("This node is waiting for too many other hosts already.", "Try again in a few seconds.", undecided=True),
    "fetch.too_many": ErrorCode("Too many addresses would have to be fetched to check this.", "See limits.MAX_FETCHES_A_CREDENTIAL.", undecided=True),
    # --- station 7: binding -------------------------------------------------------------------------------------------------
    "proof.missing": ErrorCode("The document carries no proof.", "Present it with its proof.", PROOF_VERIFICATION),
    "proof.malformed": ErrorCode("The proof is malformed.", "See Data Integrity section 2.1.", PROOF_VERIFICATION),
    "proof.too_many": ErrorCode("The document carries too many proofs.", "See limits.MAX_PROOFS.", PROOF_VERIFICATION),
    "proof.unsupported_cryptosuite": ErrorCode("The proof's cryptosuite is not supported.", "See the manual for the cryptosuites.", PROOF_VERIFICATION),
    "proof.member_unknown": ErrorCode("The proof says something that proofs of its kind do not say.", "See Data Integrity section 2.1 for the members of a proof.", PROOF_VERIFICATION),
    "proof.context_mismatch": ErrorCode("The proof was made over other vocabularies.", "The document's @context starts with the proof's.", PROOF_VERIFICATION),
    "proof.chain_broken": ErrorCode("The chain of proofs is broken.", "previousProof names proofs of the same document, without a cycle.", PROOF_VERIFICATION),
    "proof.value_malformed": ErrorCode("The signature is not encoded as its cryptosuite demands.", "base58btc, 'z' first.", PROOF_VERIFICATION),
    "proof.key_mismatch": ErrorCode("The key is not of the kind that the cryptosuite uses.", "Suite and key type must agree.", PROOF_VERIFICATION),
    "token.kid": ErrorCode("The token does not say which key signed it.", "kid is the DID URL of the key; without it the issuer or holder must have one key only.", INVALID_METHOD_URL),
    "token.issuer_differs": ErrorCode("The token was made by somebody else than the document says.", "iss is the issuer, or the holder.", CRYPTOGRAPHIC_SECURITY),
    "binding.issuer_mismatch": ErrorCode("The proof is not by the issuer.", "The issuer's DID must control a proof's key.", CRYPTOGRAPHIC_SECURITY),
    "binding.issuer_unverified": ErrorCode("Who issued this cannot be checked.", "Strict verifiers need a resolvable controller document.", CRYPTOGRAPHIC_SECURITY),
    "seal.issuer_mismatch": ErrorCode("The seal is another organisation's than the document names as its issuer.", "issuer.eIDASIdentifier is the certificate's organizationIdentifier, with or without its prefix.", CRYPTOGRAPHIC_SECURITY),
    "seal.issuer_unnamed": ErrorCode("The seal cannot be tied to whom the document names as its issuer.", "issuer.eIDASIdentifier states the organizationIdentifier of the certificate.", CRYPTOGRAPHIC_SECURITY, undecided=True),
    "binding.holder_mismatch": ErrorCode("The presentation was not signed by its holder.", "The holder's DID must control the proof's key.", CRYPTOGRAPHIC_SECURITY),
    "binding.purpose": ErrorCode("The proof was made for another purpose.", "assertionMethod for credentials, authentication for presentations.", INVALID_RELATIONSHIP),
    "binding.not_authorized": ErrorCode("The key is not authorized for this purpose by its controller.", "List it under the relationship.", INVALID_RELATIONSHIP),
    "binding.challenge": ErrorCode("The presentation answers another request.", "The challenge must match exactly.", INVALID_CHALLENGE),
    "binding.domain": ErrorCode("The presentation was made for another verifier.", "The domain must match exactly.", INVALID_DOMAIN),
    # --- station 8: signature -----------------------------------------------------------------------------------------------
    "proof.signature_invalid": ErrorCode("The signature does not fit: the text or the signature was changed.", "Ask the issuer for the original.", CRYPTOGRAPHIC_SECURITY),
    "token.algorithm_mismatch": ErrorCode("The token names another algorithm than its key has.", "The key decides: Ed25519 EdDSA, P-256 ES256, P-384 ES384, RSA RS256.", CRYPTOGRAPHIC_SECURITY),
    "seal.algorithm_mismatch": ErrorCode("The seal names another algorithm than its certificate's key has.", "The key decides: RSA RS256 or PS256, P-256 ES256, P-384 ES384.", CRYPTOGRAPHIC_SECURITY),
    # --- station 9: time ----------------------------------------------------------------------------------------------------
    "time.not_yet_valid": ErrorCode("This is not valid yet.", "See validFrom.", RANGE_ERROR),
    "time.expired": ErrorCode("This has expired.", "See validUntil.", RANGE_ERROR),
    "time.inverted": ErrorCode("The period of validity ends before it starts.", "validFrom comes before validUntil.", RANGE_ERROR),
    "time.proof_expired": ErrorCode("The proof has expired.", "See proof.expires.", PROOF_VERIFICATION),
    "time.proof_from_future": ErrorCode("The proof was made in the future.", "Check the clocks.", PROOF_VERIFICATION),
    "key.published": ErrorCode("The key's secret is published: anybody could have signed this.", "A verifier for tests sets accept_published_test_keys.", CRYPTOGRAPHIC_SECURITY),
    "key.revoked": ErrorCode("The key was revoked before, or at an unknown time.", "Ask the issuer for a credential signed with its current key.", CRYPTOGRAPHIC_SECURITY),
    "key.expired": ErrorCode("The key had expired when the proof was made.", "Ask the issuer for a credential signed with its current key.", CRYPTOGRAPHIC_SECURITY),
    "seal.expired": ErrorCode("The seal's certificate had ended when it was sealed.", "Ask the issuer for a credential sealed with its current certificate.", CRYPTOGRAPHIC_SECURITY),
    "seal.not_yet_valid": ErrorCode("The seal's certificate was not valid yet when it was sealed.", "Check the sealing clock.", CRYPTOGRAPHIC_SECURITY),
    "seal.revoked": ErrorCode("The seal's certificate was revoked before it was sealed.", "Ask the issuer for a credential sealed with its current certificate.", CRYPTOGRAPHIC_SECURITY),
    "seal.expired_since": ErrorCode("The seal's certificate has ended since, and nothing proves that it was sealed before.", "A timestamp of an authority in seal.timestamp_trust would.", CRYPTOGRAPHIC_SECURITY, undecided=True),
    "seal.revoked_since": ErrorCode("The seal's certificate was revoked since, and nothing proves that it was sealed before.", "A timestamp of an authority in seal.timestamp_trust would.", CRYPTOGRAPHIC_SECURITY, undecided=True),
    "seal.authority_revoked_since": ErrorCode("An authority of the seal's certificate was revoked since, and nothing proves that it was sealed before.", "A timestamp of an authority in seal.timestamp_trust would.", CRYPTOGRAPHIC_SECURITY, undecided=True),
    "seal.content_timestamp": ErrorCode("The timestamp that was sealed with the content does not hold.", "adoTst is over the payload.", CRYPTOGRAPHIC_SECURITY, undecided=True),
    "seal.timestamp_order": ErrorCode("The seal's timestamps state times in an order that cannot be.", "Content, signature, archive.", CRYPTOGRAPHIC_SECURITY, undecided=True),
    "seal.claimed_time": ErrorCode("The seal says that it was made in the future.", "Check the clocks.", CRYPTOGRAPHIC_SECURITY, undecided=True),
    # --- station 10: status, schema -------------------------------------------------------------------------------------------
    "schema.not_satisfied": ErrorCode("The document does not keep to the schema that it names.", "See the pointer, and the schema's rule in the detail.", MALFORMED_VALUE),
    "schema.malformed": ErrorCode("A registered schema cannot be used.", "JSON Schema 2020-12, 2019-09 or draft-07, named by $schema; $ref within the schema only.", http_status=500),
    "schema.digest_mismatch": ErrorCode("A registered schema was altered.", "Compare the file with its source; then record its sha256 in the settings.", http_status=500),
    "resource.digest_mismatch": ErrorCode("A resource that the document relies on is not the one that it describes.", "Compare the digest with the published resource.", CRYPTOGRAPHIC_SECURITY),
    "schema.unavailable": ErrorCode("A schema that the badge must keep to is not known to this node.", "Register it in the settings (schemas); schemas are not fetched.", undecided=True),
    "recipient.mismatch": ErrorCode("This was not awarded to the person that was named.", "Compare the identifier with those in the credential.", CRYPTOGRAPHIC_SECURITY),
    "nested.too_many": ErrorCode("There are more credentials inside than this node verifies.", "See limits.MAX_NESTED_CREDENTIALS.", undecided=True),
    "nested.too_deep": ErrorCode("There are credentials inside credentials more deeply than this node verifies.", "See limits.MAX_NESTED_DEPTH.", undecided=True),
    "status.malformed": ErrorCode("The status entry is malformed.", "See Bitstring Status List section 2.1.", MALFORMED_VALUE),
    "status.unknown_type": ErrorCode("The status of this could not be checked: its kind is not known.", "BitstringStatusListEntry and 1EdTechRevocationList are known.", STATUS_RETRIEVAL, undecided=True),
    "status.unreachable": ErrorCode("The status of this could not be checked: its status list could not be read.", "Try again later.", STATUS_RETRIEVAL, undecided=True),
    "status.list_unconfirmed": ErrorCode("The status of this could not be checked: its status list could not be confirmed, or is out of date.", "Ask the issuer to publish the list anew, and try again later.", STATUS_VERIFICATION, undecided=True),
    "status.unknown_purpose": ErrorCode("A status of this is set, and this node does not know what it means.", "revocation, suspension, message and refresh are known.", STATUS_VERIFICATION, undecided=True),
    "status.list_refused": ErrorCode("The status list is not genuine.", "Ask the issuer to publish the list anew.", STATUS_VERIFICATION),
    "status.list_malformed": ErrorCode("The status list is malformed.", "See Bitstring Status List section 3.2.", STATUS_VERIFICATION),
    "status.list_short": ErrorCode("The status list is too short to hide one holder among many.", "At least 131,072 places.", STATUS_LIST_LENGTH),
    "status.index_range": ErrorCode("The status list has no such place.", "statusListIndex lies within the list.", RANGE_ERROR),
    "status.purpose_differs": ErrorCode("The status list is for another purpose.", "statusPurpose of entry and list must agree.", STATUS_VERIFICATION),
    "status.foreign_issuer": ErrorCode("The status list is by somebody who may not speak for the issuer.", "The issuer's own list, one by a party of the list's host, or status_issuers of the verifier.", STATUS_VERIFICATION),
    "status.revoked": ErrorCode("This was revoked by its issuer.", "Ask the issuer.", STATUS_VERIFICATION),
    "status.suspended": ErrorCode("This is suspended by its issuer.", "Ask the issuer, or try again later.", STATUS_VERIFICATION),
    # --- custody ---------------------------------------------------------------------------------------------------------------
    "custody.passphrase": ErrorCode("The key store could not be opened.", "Check ATESTO_KEY_PASSPHRASE_FILE.", http_status=503),
    "custody.store_damaged": ErrorCode("The key store is damaged.", "Restore it from a backup.", http_status=503),
    "custody.key_not_found": ErrorCode("There is no such key in custody.", "See atesto keys list.", http_status=404),
    "custody.key_retired": ErrorCode("The key is retired: it signs no more.", "Sign with the key that replaced it, see atesto keys list; a running node takes it when it is started again.", http_status=409),
    "custody.key_revoked": ErrorCode("The key is revoked: it signs no more.", "Make a new key; see atesto keys list.", http_status=409),
    "custody.key_exists": ErrorCode("The key is already in custody.", "See atesto keys list.", http_status=409),
    "custody.published_key": ErrorCode("The secret of this key is published: nothing may be issued with it.", "Make a key of your own: atesto keys create.", http_status=409),
    "custody.store_newer": ErrorCode("The key store was written by a newer version of atesto.", "Use that version, or restore an older backup.", http_status=503),
    "custody.store_unwritable": ErrorCode("The key store could not be written; nothing was changed.", "Check the disk and the folder of the key store.", http_status=503),
    "custody.store_locked": ErrorCode("Another process is writing the key store.", "Try again; see which process holds the lock file.", http_status=503),
    "custody.store_exists": ErrorCode("There is a key store already; it was not overwritten.", "Open it, or choose another folder."),
    "custody.store_missing": ErrorCode("There is no key store at that path.", "Check the folder, or restore it from a backup.", http_status=503),
    "custody.insecure_permissions": ErrorCode("A file that must be private can be read by others.", "chmod 600 the file, 700 its folder.", http_status=503),
    "custody.token": ErrorCode("The API token could not be read.", "Check token_file; delete the file to have a new token made.", http_status=503),
    "custody.seal_certificate": ErrorCode("The seal's certificate or key cannot be used.", "See seal.certificate and seal.passphrase_file in the settings.", http_status=503),
    "custody.signer_failed": ErrorCode("The signature could not be made.", "See the log.", http_status=503),
    # --- issuing -----------------------------------------------------------------------------------------------------------------
    "issue.foreign_issuer": ErrorCode("This node does not issue in that issuer's name.", "issuer must be the DID of the named issuer."),
    "issue.already_secured": ErrorCode("The document already carries a proof.", "Send it without proof."),
    "issue.status_not_allowed": ErrorCode("The status entry is chosen by the issuer, not by the caller.", "Leave credentialStatus out."),
    "issue.timestamp_service": ErrorCode("The timestamp service gave no timestamp; nothing was released.", "Try again later; see seal.timestamp_url in the settings.", http_status=503),
    "issue.signed_differs": ErrorCode("What was signed differs from what was intended; it was not released.", "Report this as a fault.", http_status=500),
    "storage.unavailable": ErrorCode("The issuing record could not be written; nothing was released.", "Check the disk of the data folder.", http_status=503),
    "storage.locked": ErrorCode("Another node works on this data folder.", "Stop the other node, or use another --data folder.", http_status=503),
    "storage.clock_behind": ErrorCode("The clock stands before the last entry of the issuing record; nothing was released.", "Set the machine's clock.", http_status=503),
    # --- configuration -----------------------------------------------------------------------------------------------------------
    "settings.invalid": ErrorCode("A setting has a value that cannot be.", "See the reference page of the settings.", http_status=500),
    "settings.address": ErrorCode("The node cannot listen there.", "Choose another --host or --port, or stop what listens there.", http_status=500),
    "settings.digest_mismatch": ErrorCode("A file does not have the digest that the settings state.", "Check the file, and then its sha256 in the configuration.", http_status=500),
    "settings.unknown_key": ErrorCode("There is no setting of that name.", "See the reference page of the settings.", http_status=500),
    "settings.unsafe": ErrorCode("The settings would open the node to anybody.", "See the decision record on the doors of the node.", http_status=500),
    # --- award records -----------------------------------------------------------------------------------------------------------
    "award.malformed": ErrorCode("The award record is malformed.", "See the award record's reference page."),
    "compare.form_unknown": ErrorCode("This kind of credential cannot be compared.", "Compare credentials of the forms that this node makes.", undecided=True),
    "issue.profile": ErrorCode("The credential does not keep the rules of its own kind.", "See the pointer; the reference page of findings lists the rules."),
    "clr.nothing_bundled": ErrorCode("A learner record holds at least one credential, and no more than this node bundles.", "Give the credentials that belong in it."),
    "clr.token": ErrorCode("A credential in a token cannot stand in a learner record.", "Bundle the same credential with a proof: issue it by an issuer without envelope."),
    "clr.not_an_achievement": ErrorCode("Only badges and learner records are bundled.", "See the type that the pointer leads to."),
    "clr.credential_repeated": ErrorCode("A credential was given twice.", "Give each credential once."),
    "clr.achievement_differs": ErrorCode("Two credentials say different things of one achievement.", "As statements both would hold of one thing: bundle one of them, or have the achievement named anew."),
    "clr.subjects_differ": ErrorCode("It is not clear whose learner record this is.", "Name the subject: the record's issuer vouches that the credentials are about one person."),
    "clr.too_many": ErrorCode("More associations than this node puts into one learner record.", "See the table of bounds."),
    "clr.association_unknown": ErrorCode("There is no such type of association.", "See the reference page of Open Badges."),
    "clr.association_open": ErrorCode("An association joins something that is not in the record.", "Associations are between identifiers of achievements, both of them in the record."),
    "clr.not_confirmed": ErrorCode("A credential that was to be bundled does not verify.", "Verify it alone to see every check."),
    "award.form_unknown": ErrorCode("There is no such form of credential.", "See the table of forms."),
    "award.profile": ErrorCode("The credential made from the award does not keep its profile's rules.", "Report this with the award record; nothing was issued."),
    "award.code_unknown": ErrorCode("A code is not in its controlled list.", "See the reference page of the lists."),
    "award.badge_incomplete": ErrorCode("The record lacks something that an Open Badge must carry.", "See the pointer; the reference page of the award record says what a record may state."),
    "award.edc_incomplete": ErrorCode("The record lacks something that a European Digital Credential must carry.", "See the pointer; the reference page of the award record says what the form needs."),
    # --- the elements of the Council Recommendation of 16 June 2022 ------------------------------------------------------------------
    "eu2022.learner_missing": ErrorCode("It is not said whom the micro-credential belongs to.", "Give the learner a name, a national id or a DID."),
    "eu2022.learner_invalid": ErrorCode("What identifies the learner is not sound.", "See the award record's reference page."),
    "eu2022.title_missing": ErrorCode("The title is missing.", "Give the award a title."),
    "eu2022.country_missing": ErrorCode("The country of the issuer is missing.", "Give awarding_body.country, for example IE."),
    "eu2022.country_invalid": ErrorCode("The country of the issuer is not sound.", "See the award record's reference page."),
    "eu2022.awarding_body_missing": ErrorCode("The awarding body is missing.", "Give awarding_body.name."),
    "eu2022.awarding_body_invalid": ErrorCode("The awarding body is not sound.", "Where another organisation issues, give mandate.statement."),
    "eu2022.issuing_date_missing": ErrorCode("The date of issuing is missing.", "Give issuing_date, for example 2026-06-15."),
    "eu2022.issuing_date_invalid": ErrorCode("The date of issuing is not sound.", "See the award record's reference page."),
    "eu2022.learning_outcomes_missing": ErrorCode("The learning outcomes are missing.", "Give at least one learning outcome."),
    "eu2022.learning_outcomes_invalid": ErrorCode("The learning outcomes are not sound.", "See the award record's reference page."),
    "eu2022.workload_missing": ErrorCode("The notional workload is missing.", "Give workload.hours, and workload.ects where credits are awarded."),
    "eu2022.workload_invalid": ErrorCode("The notional workload is not sound.", "See the award record's reference page."),
    "eu2022.level_missing": ErrorCode("The level is missing.", "Give level.eqf, level.nqf, or level.not_applicable with the reason."),
    "eu2022.level_invalid": ErrorCode("The level is not sound.", "See the award record's reference page."),
    "eu2022.assessment_missing": ErrorCode("The type of assessment is missing.", "Give assessment.type, one of the 14 types."),
    "eu2022.assessment_invalid": ErrorCode("The type of assessment is not sound.", "See the award record's reference page."),
    "eu2022.participation_missing": ErrorCode("The form of participation is missing.", "Give participation, one of the 6 forms."),
    "eu2022.participation_invalid": ErrorCode("The form of participation is not sound.", "See the award record's reference page."),
    "eu2022.quality_assurance_missing": ErrorCode("The type of quality assurance is missing.", "Give quality_assurance.type, one of the 4 types, and the agency."),
    "eu2022.quality_assurance_invalid": ErrorCode("The type of quality assurance is not sound.", "See the award record's reference page."),
    "eu2022.supervision_invalid": ErrorCode("The supervision and identity verification is not sound.", "Give one of the 3 kinds."),
    "eu2022.grade_invalid": ErrorCode("The grade is not sound.", "Give the grade as the transcript shows it."),
    "eu2022.stackability_invalid": ErrorCode("The integration or stackability is not sound.", "Say whether it is partial, part of what, or a note."),
}
# fmt: on
