import { defineAmbiguity, deviant } from '#models/language/index.ts';

const statusTable = { document: 'etsi-004-push', section: 'Status codes' } as const;
const openConnect = { document: 'etsi-004-push', section: 'open-connect' } as const;
const standardQos = { document: 'etsi-gs-qkd-004', section: 'QoS parameters' } as const;
const uuidFormat = { document: 'rfc-9562', section: 'UUID format' } as const;

/** How a stream is opened. */
export const opening = {
  openWhilePeerAbsent: defineAmbiguity('etsi-004/openWhilePeerAbsent', {
    cite: statusTable,
    question: 'How does the source end answer open-connect while the destination end is not open?',
    readings: {
      one: 'At once, with status 1.',
      zero: 'At once, with status 0.',
      blocks: 'Once the peer is there, or with status 6 (or 1) at the timeout.',
    },
    assumed: 'one',
    /** Either status opens the stream; who is answered at once need not wait. */
    goesWith: { one: ['zero', 'blocks'], zero: ['one', 'blocks'] },
  }), // facts 1.2.5, 2.5
  statusAtTimeout: defineAmbiguity('etsi-004/statusAtTimeout', {
    cite: statusTable,
    question: 'What is answered when the timeout passes while the peer is absent?',
    readings: {
      six: 'Status 6: no stream.',
      one: 'Status 1: the stream is open.',
    },
    assumed: 'six',
  }), // facts 2.5
  nullStreamId: defineAmbiguity('etsi-004/nullStreamId', {
    cite: openConnect,
    question:
      'The key_stream_id must be null at the source, and is no nullable text. What is sent?',
    readings: {
      null: 'JSON null.',
      absent: 'JSON null, or nothing: the member is left out, as the version before allowed.',
      empty: deviant('The empty text.'),
      zero: deviant('The UUID of zeros.'),
    },
    assumed: 'null',
  }), // facts 1.2.6
  sourceId: defineAmbiguity('etsi-004/sourceId', {
    cite: openConnect,
    question: 'May the source end give a key_stream_id of its own choice?',
    readings: {
      assigned: 'No: the QKD device assigns it.',
      predefined: 'Yes, as in the standard behind the document: no device knows which end it is.',
    },
    assumed: 'assigned',
  }), // facts 2.2
  openedMembers: defineAmbiguity('etsi-004/openedMembers', {
    cite: openConnect,
    question:
      'The schema of the answer to open-connect and its description differ. What must it have?',
    readings: {
      described: 'key_stream_id, qos and status.',
      statusless: 'key_stream_id and qos: no status means success.',
      schema: deviant('source, destination and qos.'),
    },
    assumed: 'described',
  }), // facts 1.2.7
  counterProposalPlace: defineAmbiguity('etsi-004/counterProposalPlace', {
    cite: statusTable,
    question:
      'Status 7 comes with HTTP 500, whose schema has no qos. Where does the counter proposal stand?',
    readings: {
      error: 'In the content of the error answer.',
      success: 'In the content of an answer of the 200s.',
    },
    assumed: 'error',
  }), // facts 1.2.4
  counterProposalOpens: defineAmbiguity('etsi-004/counterProposalOpens', {
    cite: statusTable,
    question: 'Is a stream open after status 7, with the quality that was proposed?',
    readings: {
      retries: 'No: the KMS asks again.',
      opens: 'Yes: get-key works.',
    },
    assumed: 'retries',
  }), // facts 2.5
  destinationQos: defineAmbiguity('etsi-004/destinationQos', {
    cite: openConnect,
    question: 'What becomes of the qos that the destination end asks for?',
    readings: {
      checked: 'It is checked anew.',
      replaced: 'It is replaced by that of the source end.',
      unchecked: 'Nothing: it is not looked at.',
    },
    assumed: 'replaced',
  }), // facts 2.5
  unmetQos: defineAmbiguity('etsi-004/unmetQos', {
    cite: openConnect,
    question: 'What becomes of an open-connect whose qos the device cannot keep?',
    readings: {
      proposal: 'It is answered with status 7.',
      lowered: 'It is opened with another qos in the answer.',
    },
    assumed: 'proposal',
  }), // facts 1.2.4
  zeroQos: defineAmbiguity('etsi-004/zeroQos', {
    cite: standardQos,
    question: 'What does 0 mean in qos?',
    readings: {
      open: 'That the device may choose, as null.',
      zero: 'Zero.',
    },
    assumed: 'open',
  }), // facts 2.3
  qosNull: defineAmbiguity('etsi-004/qosNull', {
    cite: openConnect,
    question: 'Is a member of qos left open by JSON null or by the text null?',
    readings: {
      jsonNull: 'By JSON null, or by leaving it out.',
      text: deviant('Also by the text null.'),
    },
    assumed: 'jsonNull',
  }), // facts 1.2.8
  closedIdReuse: defineAmbiguity('etsi-004/closedIdReuse', {
    cite: statusTable,
    question: 'May the key_stream_id of a closed stream be opened again?',
    readings: {
      fresh: 'Yes: a fresh stream.',
      refused: 'No: status 5.',
    },
    assumed: 'fresh',
  }), // facts 2.5
  unknownDestinationId: defineAmbiguity('etsi-004/unknownDestinationId', {
    cite: openConnect,
    question: 'What becomes of an open-connect at the destination whose id no source end has?',
    readings: {
      waits: 'It is answered as if the source end were absent.',
      refused: 'It is refused.',
    },
    assumed: 'waits',
  }), // facts 2.5
  uuidCase: defineAmbiguity('etsi-004/uuidCase', {
    cite: uuidFormat,
    question: 'Are key_stream_ids of other case the same?',
    readings: {
      same: 'Yes.',
      exact: 'No: they are compared as texts.',
    },
    assumed: 'same',
  }), // facts 5.6
};
