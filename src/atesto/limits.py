"""Every bound of the node, named, with its reason. Sizes in bytes, times in seconds unless the name says otherwise."""

from __future__ import annotations

from typing import Final

# --- JSON -----------------------------------------------------------------------------------------------------------
MAX_JSON_BYTES: Final = 1_048_576
"""Largest JSON text at a verifying door. A sealed European credential with page images weighs 100-500 KB."""
MAX_JSON_DEPTH: Final = 64
"""Deepest nesting. Real credentials stay below 20; Python's own parser fails at about 1,000."""
MAX_JSON_ITEMS: Final = 50_000
"""Most members and array items in one text: bounds the memory that one megabyte of JSON can claim."""
MAX_NUMBER_CHARACTERS: Final = 32
"""Longest number token. A double needs at most 24 characters; int() is quadratic in the digits."""
MAX_SAFE_INTEGER: Final = 9_007_199_254_740_991
"""2^53-1: beyond it JSON numbers are not the same number in every implementation (RFC 8785 3.2.2.3)."""

# --- identifiers and tokens --------------------------------------------------------------------------------------------
MAX_URL_CHARACTERS: Final = 2_048
"""Longest identifier (URL, DID, DID URL). base58 decoding is quadratic: a 200 KB did:key costs seconds."""
MAX_BASE58_CHARACTERS: Final = 1_024
"""Longest base58btc text that is decoded: an RSA-4096 public key needs 750, a signature 88."""
MAX_BASE64URL_CHARACTERS: Final = 1_400_000
"""Longest base64url text that is decoded: one megabyte of bytes, the JSON cap, in base64url."""
MAX_TOKEN_BYTES: Final = 1_400_000
"""Longest compact token: the JSON cap in base64url plus header and signature."""
MAX_ISSUED_TOKEN_BYTES: Final = 1_040_000
"""Longest token that is issued: with its envelope and a request's braces it still goes through a verifying door."""

# --- pictures -----------------------------------------------------------------------------------------------------------------
MAX_IMAGE_BYTES: Final = 4_194_304
"""Largest picture that a credential is read from or baked into. Badges weigh 20 to 500 KB."""
MAX_PNG_CHUNKS: Final = 4_096
"""Most chunks of one PNG: a writer that makes chunks of 8 KB needs 500 for the largest picture that is read."""
MAX_SVG_ELEMENTS: Final = 50_000
"""Most elements of one SVG: drawn badges have some hundreds, traced photographs some ten thousand."""
MAX_SVG_DEPTH: Final = 128
"""Deepest nesting of one SVG. Drawing programs nest some twenty groups."""
MAX_SVG_ATTRIBUTES: Final = 1_000
"""Most attributes of one element of an SVG; of all together, four for each element that it may have. Drawn elements have some ten. A parser
keeps all of one tag at once, a kilobyte and a half each."""

# --- the data model ---------------------------------------------------------------------------------------------------------
MAX_CONTEXTS: Final = 8
"""Most entries of one @context. Real credentials name two to four."""
MAX_TYPES: Final = 16
"""Most types of one credential or presentation."""
MAX_SUBJECTS: Final = 16
"""Most subjects of one credential."""
MAX_LISTED: Final = 16
"""Most entries of credentialStatus, credentialSchema, evidence, termsOfUse, refreshService or relatedResource."""
MAX_CREDENTIALS: Final = 16
"""Most credentials in one presentation: each is verified for itself."""
MAX_NESTED_CREDENTIALS: Final = 16
"""Most endorsements and bundled credentials inside one credential, at every depth together: each is verified for itself."""
MAX_NESTED_DEPTH: Final = 3
"""Deepest nesting of them: a record of learning, a badge in it, an endorsement of its issuer."""
MAX_STATUS_SIZE: Final = 8
"""Most bits of one status: 256 messages."""
MIN_STATUS_LIST_PLACES: Final = 131_072
"""Least places of a status list (Bitstring Status List section 3.2): in a shorter one a holder does not disappear."""
MAX_STATUS_LIST_BYTES: Final = 16_777_216
"""Largest status list after inflating: 134 million places. Sixty kilobytes of gzip could claim sixty megabytes."""
STATUS_LIST_SECONDS: Final = 300
"""How long a copy of a status list is used when the list does not say (Bitstring Status List section 2.2, ttl)."""
MAX_JWK_SET_KEYS: Final = 256
"""Most keys of a JWK Set that are looked at: a platform with many issuers has some of each."""
MAX_DIGEST_CHARACTERS: Final = 1_024
"""Longest text of a digest: a SHA-512 needs 95 characters, and one text may hold several."""
MAX_SCHEMA_FAULTS: Final = 100
"""Faults against a schema that are looked at to name the first: a document can break the same rule thousands of times."""
MAX_CACHED_SCHEMAS: Final = 64
"""Compiled schemas that are remembered: an operator registers a handful, and compiling one costs more than applying it."""

# --- proofs ------------------------------------------------------------------------------------------------------------------
MAX_PROOFS: Final = 8
"""Most proofs of one document: each costs a canonicalization of its options and a signature check."""
MAX_CHAINED_PROOFS: Final = 3
"""Most proofs of one document that name a previous proof: each costs a canonicalization of the whole document."""
MAX_PREVIOUS_PROOFS: Final = 8
"""Most proofs that one proof may name as previous."""

# --- seals -------------------------------------------------------------------------------------------------------------------
MAX_CERTIFICATE_BYTES: Final = 16_384
"""Largest certificate that is read. Those of seals and of the authorities above them have two kilobytes."""
MAX_SEAL_CHAIN: Final = 8
"""Most certificates in `x5c`: the signer's and those above it. Real seals carry one to three."""
MAX_SEAL_CERTIFICATES: Final = 32
"""Most certificates that a seal or a timestamp brings besides: each is parsed. An archived seal has four to eight."""
MAX_CACHED_CERTIFICATES: Final = 256
"""Certificates that stay parsed: those of one seal are asked for many times, those of authorities by every seal below them."""
MAX_CACHED_CHAINS: Final = 4
"""Judged chains that are remembered: the timestamps of one seal are by one authority. Each may hold a megabyte of a stranger's lists."""
MAX_SEAL_HEADER_CHARACTERS: Final = 262_144
"""Longest protected header: eight certificates and a content timestamp, in base64 within base64url."""
MAX_SEAL_PARTS: Final = 32
"""Most parts of `etsiU`. A seal at level B-LTA has four; every later archive timestamp adds one or two."""
MAX_SEAL_TIMESTAMPS: Final = 16
"""Most timestamps among the parts of a seal, and in its header: each is a signature and a chain of its own."""
MAX_TIMESTAMP_BYTES: Final = 65_536
"""Largest timestamp. With the authority's certificates it has three to eight kilobytes."""
MAX_SEAL_REVOCATION_VALUES: Final = 16
"""Most revocation lists, and most OCSP responses, of one seal."""
MAX_REVOCATION_BYTES: Final = 262_144
"""Largest revocation list that is read: every entry is looked at. What a seal embeds has one to a hundred kilobytes."""
MAX_ISSUED_SEAL_BYTES: Final = 1_040_000
"""Largest sealed document that is issued: with a request's braces it still goes through a verifying door."""
MAX_SEAL_FILE_BYTES: Final = 262_144
"""Largest file of a seal's certificate and key, or of the certificates that are trusted. A chain in PEM has ten kilobytes."""
TIMESTAMP_SECONDS: Final = 10.0
"""How long a timestamp service may take in all. Real ones answer within a second."""
MAX_CHAIN_STEPS: Final = 256
"""Most certificates that are looked at on the way to an anchor: those that sign one another crosswise make paths without number."""
MAX_CHAIN_PATHS: Final = 8
"""Most paths to an anchor that are validated. There is one; after a renewal of an authority's key there are two."""
MAX_NAME_CHARACTERS: Final = 256
"""Longest name that is taken from a certificate or a part of a seal: X.520 allows 64 for most."""

MAX_FINDINGS: Final = 100
"""Most findings about the content of one credential that are listed: the rest is counted."""

# --- time --------------------------------------------------------------------------------------------------------------------
CLOCK_SKEW_SECONDS: Final = 60
"""How far validFrom and created may lie ahead of our clock; expiry gets no grace."""

# --- keys and DIDs ------------------------------------------------------------------------------------------------------
MAX_MULTIKEY_CHARACTERS: Final = 1_024
"""Longest Multikey text that is decoded: an RSA-4096 key, the longest that is used, needs some 720."""
MAX_CACHED_KEYS: Final = 1_024
"""Parsed Multikeys that are remembered: a verifier meets the same issuers again, and parsing an EC point costs more than its base58."""

MIN_RSA_BITS: Final = 2_048
"""Shortest RSA modulus (SP 800-131A): shorter ones can be factored, or will be while a credential is still shown."""
MAX_RSA_BITS: Final = 4_096
"""Longest RSA modulus: checking a signature costs the square of it, and a stranger chooses the key."""
RSA_BITS: Final = 3_072
"""Modulus of an RSA key that is made unless another is asked for (SP 800-57: good beyond 2030)."""
MAX_RSA_EXPONENT_BITS: Final = 32
"""Longest RSA exponent: its bits are the number of multiplications, and real ones have 17."""

# --- custody ------------------------------------------------------------------------------------------------------------
MAX_KEY_STORE_BYTES: Final = 4_194_304
"""Largest key store that is read: some 8,000 keys. A larger file is not ours."""
MAX_PASSPHRASE_BYTES: Final = 4_096
"""Longest passphrase file: a wrong path is told from a passphrase."""
KDF_MEMORY_KIB: Final = 65_536
KDF_ITERATIONS: Final = 3
KDF_LANES: Final = 4
"""Argon2id as RFC 9106 section 4 recommends second: 64 MiB, three passes, four lanes; 0.16 s on one slow core, once at start."""
MAX_KDF_MEMORY_KIB: Final = 1_048_576
MAX_KDF_ITERATIONS: Final = 64
MAX_KDF_LANES: Final = 64
"""Most that a store's header may ask for: an altered header must not claim all memory."""
KEY_STORE_LOCK_SECONDS: Final = 5.0
"""How long a write waits for another process's write, which takes milliseconds."""

# --- linked data ---------------------------------------------------------------------------------------------------------------
MAX_QUADS: Final = 20_000
"""Most statements of one dataset. A European credential makes 170 to 400, a diploma supplement a few thousand."""
MAX_BLANK_NODES: Final = 1_024
"""Most unnamed nodes of one dataset. An Open Badge has about a dozen."""
MAX_REMEMBERED_CONTEXTS: Final = 256
"""Most processed contexts that are kept for the next document. An Open Badge needs nine; orders in which types nest are without number."""
MAX_CANONICALIZATION_STEPS: Final = 2_000
"""Most Hash N-Degree calls and permutations in one canonicalization. The largest honest case of the W3C suite needs 468."""
MAX_CANONICALIZATION_DEPTH: Final = 128
"""Deepest nesting of Hash N-Degree calls: each takes three frames of the interpreter's stack, which ends at a thousand."""
MAX_PROCESSED_CONTEXTS: Final = 600
"""Most contexts that one document has processed, its types' own included: each costs about a fifth of a millisecond."""
COST_OF_TYPED_OBJECT: Final = 200
"""Cost of expanding an object with a type, in microseconds: its type may bring a context that is processed for every such object."""
COST_OF_OBJECT: Final = 40
"""Cost of expanding an object without a type, in microseconds."""
COST_OF_MEMBER: Final = 20
"""Cost of expanding one member, in microseconds."""
COST_OF_ITEM: Final = 10
"""Cost of expanding one item of an array, in microseconds."""
MAX_DOCUMENT_COST: Final = 150_000
"""Dearest document that is processed, in the unit above."""
MAX_REPEATED_COST: Final = 200_000
"""Cost of a document times the passes that a chain of proofs over it needs: four passes over the dearest European credential measured."""
# --- award records ---------------------------------------------------------------------------------------------------
MAX_AWARD_TEXT_CHARACTERS: Final = 20_000
"""Longest single text in an award record. Descriptions in published credentials stay below 5,000."""
MAX_AWARD_LANGUAGES: Final = 40
"""Most languages of one text: the 24 of the Union, its regions and neighbours."""
MAX_AWARD_ITEMS: Final = 200
"""Most learning outcomes, skills or links in one list of an award record: bounds the statements of the credential made from it."""
MAX_AWARD_NUMBER: Final = 1_000_000
"""Hours and credits stay below it: a century of hours is less. They are written without an exponent, to six decimals."""
MAX_BUNDLED: Final = 100
"""Credentials in one learner record: a degree's modules many times over; each is verified before the record is signed."""
MAX_ASSOCIATIONS: Final = 500
"""Associations in one learner record that is issued here."""
MAX_AWARD_PAGES: Final = 6
"""Most page images of one credential: each has some 70 KB, grows by a third in base64, and a verifying door takes one megabyte in all."""
MAX_SUPPLEMENT_LANGUAGES: Final = 2
"""Most languages of a Diploma Supplement's pages: it has several pages in each."""
MAX_AWARD_LOGO_BYTES: Final = 24_576
"""Largest logo: it is repeated wherever the credential names the organisation, up to six times, and grows by a third in base64."""
MAX_AWARD_DOCUMENT_BYTES: Final = 262_144
"""Largest document that a converted credential holds: with its pages it must stay below what verifying doors take."""
MAX_AWARD_PICTURE_SIDE: Final = 2_048
"""Most points on each side of a picture in an award record: sixteen megabytes when it is drawn."""
MAX_AWARD_SVG_ELEMENTS: Final = 2_000
"""Most elements of an SVG logo: a coat of arms has some hundreds."""
MAX_AWARD_MONTHS: Final = 600
"""Longest official length of a programme: fifty years."""
ROOM_FOR_PROOF_BYTES: Final = 8_192
"""What a credential made from an award leaves of a verifying door's size for the proof, which takes some 500."""
# --- HTTP --------------------------------------------------------------------------------------------------------------------
MAX_ISSUE_BYTES: Final = 4_194_304
"""Largest body at an issuing door, which only token holders reach: a European credential with its display images."""
MAX_PAGE_FORM_BYTES: Final = 4_259_840
"""Largest form of a page: one picture at its cap, and the form around it."""
MAX_RECEIVING_LARGE: Final = 32
"""Most bodies of more than a JSON text's size that are waited for at the same time at doors for anybody: 128 MB of pictures."""
BODY_SECONDS: Final = 8.0
"""How long a body may take to arrive. A megabyte takes that long on a line of one megabit per second."""
IDLE_SECONDS: Final = 30.0
"""How long a connection may stay without a whole request head: what slow heads and idle clients hold open ends here."""
LINGER_SECONDS: Final = 2.0
"""How long the rest of a refused body is read away, so that the client gets to read the refusal."""
MAX_HEADER_BYTES: Final = 8_190
"""Longest request line and header field. No token or address of ours is longer."""
MAX_HEADERS: Final = 64
"""Most header fields of one request. Browsers send about twenty, proxies add ten."""
MAX_CONCURRENT_REQUESTS: Final = 128
"""Most requests that are worked on at once; more are sent away with Retry-After instead of waiting without end."""
MAX_RECEIVING_REQUESTS: Final = 256
"""Most requests whose bodies are waited for: slow senders hold a place here, not among those that are worked on."""
RETRY_AFTER_SECONDS: Final = 2
"""What Retry-After says when the node is busy: longer than one verification takes."""
MAX_REQUEST_ID_CHARACTERS: Final = 64
"""Longest request id that is taken over from a caller: a UUID needs 36."""
MAX_METHODS_WITHOUT_KID: Final = 8
"""Of how many methods the only key is looked for, where a token names none: a document has a name or two for each key."""
MAX_OPTION_CHARACTERS: Final = 1_024
"""Longest challenge or domain: they are compared, and repeated in nothing."""
DRAIN_SECONDS: Final = 15.0
"""How long a stopping node lets running requests finish. Service managers kill after 30 s or more."""
PARSE_INLINE_BYTES: Final = 16_384
"""Texts above this size are parsed in a thread: a megabyte of hostile JSON costs half a second, which others must not wait for."""

# --- fetching ------------------------------------------------------------------------------------------------------------------
MAX_DID_DOCUMENT_BYTES: Final = 65_536
"""Largest DID document or controller document that is read. Published ones weigh one to ten kilobytes."""
MAX_FETCHED_BYTES: Final = 1_048_576
"""Most bytes of any one answer, whatever the caller of the fetcher allows."""
MAX_REDIRECTS: Final = 2
"""Most redirects of one fetch: one to another host name, one to another path."""
FETCH_CONNECT_SECONDS: Final = 3.0
"""How long a connection may take to be made."""
FETCH_SECONDS_A_REQUEST: Final = 5.0
"""How long one request waits for other hosts in all, however many its credentials name: nobody's verdict takes longer for silent hosts."""
FETCH_SECONDS: Final = 5.0
"""How long a fetch may take in all, with name resolution, waiting for a place and redirects: nobody waits longer for a silent host."""
MAX_FETCHES_A_HOST: Final = 4
"""Most fetches from one host at the same time: this node is not to be used to press another."""
MAX_FETCHES_A_CREDENTIAL: Final = 4
"""Most addresses that the verification of one credential has fetched: the issuer's document, a status list, its issuer, one spare."""
MAX_FETCHES_A_REQUEST: Final = 16
"""Most addresses that one request has fetched, whatever the number of its credentials."""
FETCH_CACHE_SECONDS: Final = 60.0
"""How long an answer is remembered. A key that its owner revoked is known as revoked after this time."""
FETCH_FAILURE_CACHE_SECONDS: Final = 30.0
"""How long a failure is remembered: a silent host is not asked at every request."""
MAX_CACHED_FETCHES: Final = 512
"""Most answers and failures that are remembered."""
MAX_CACHED_FETCH_BYTES: Final = 16_777_216
"""Most bytes of remembered answers."""
MAX_WAITING_FOR_HOSTS: Final = 64
"""Most requests that wait for other hosts at the same time; half of `max_requests`, so that documents that need no fetch find a place."""
NAME_LOOKUPS: Final = 32
"""Most resolutions of names not seen before at the same time, in threads of their own. A lookup cannot be broken off: a slow name server
holds its thread for as long as the system's resolver is patient."""
KNOWN_NAME_LOOKUPS: Final = 8
"""As many more for names that led somewhere before: strangers' slow names do not stand in their way."""
MAX_KNOWN_NAMES: Final = 1_024
"""Most names that are remembered as having led somewhere."""
DOCUMENT_MAX_AGE_SECONDS: Final = 60
"""How long others may keep our published DID documents: after a revocation they learn of it within this time."""

# --- workers -------------------------------------------------------------------------------------------------------------------
WORKERS: Final = 2
"""Worker processes: one can be lost to a slow document while the other serves."""
WORKER_CPU_SECONDS: Final = 1.2
"""Processor time of one JSON-LD task. The heaviest honest document measured takes a third of it; hostile ones answer within two seconds."""
WORKER_SECONDS: Final = 10.0
"""Wall time of one task on a busy machine; past it the worker is killed and the document is not confirmed."""
WORKER_START_SECONDS: Final = 60.0
"""How long a worker may take to start or to stop: reading the contexts on a slow disk, with the other processes starting too."""
THREAD_SWITCH_SECONDS: Final = 0.001
"""How long a thread that parses a large body may keep the interpreter from the event loop; Python's own 5 ms add up where several do."""
SHAPES_CPU_SECONDS: Final = 5.0
SHAPES_SECONDS: Final = 20.0
"""The same of one credential under the published SHACL shapes, where a node has them: 0.2 s; a process reads them first, in 1.5 s."""
WORKER_NICENESS: Final = 10
"""How far the workers stand back behind the event loop when both want a processor; nothing when there is one for each."""
MAX_WAITING_SECONDS: Final = 2.0
"""Longest time that a task may expect to stand in line, judged by what the last ones took: past it the node says that it is busy."""
MAX_WAITING_TASKS: Final = 64
"""Most tasks in line for the workers; more are refused as overloaded rather than answered too late."""

# --- the issuing record -----------------------------------------------------------------------------------------------------------
MAX_JOURNAL_BATCH_BYTES: Final = 262_144
"""Most bytes written between two fsyncs, and so the most that a crash can leave torn at the end."""
MAX_JOURNAL_LINE_BYTES: Final = 16_384
"""Longest entry: two identifiers at their cap, a digest, a time."""
MAX_CLOCK_REGRESSION_SECONDS: Final = 300
"""How far the clock may stand behind the newest entry: more is a clock that was set back, and then nothing is issued."""
