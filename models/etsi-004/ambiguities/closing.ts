import { defineAmbiguity } from '#models/language/index.ts';

const close = { document: 'etsi-004-push', section: 'close' } as const;
const standardQos = { document: 'etsi-gs-qkd-004', section: 'QoS parameters' } as const;

/** How a stream ends. */
export const closing = {
  pushAfterClose: defineAmbiguity('etsi-004/pushAfterClose', {
    cite: close,
    question: 'May a key arrive after close was answered?',
    readings: {
      inFlight: 'One that was under way: none that was begun later.',
      never: 'No.',
    },
    assumed: 'inFlight',
  }), // facts 1.2.15
  latePushAnswer: defineAmbiguity('etsi-004/latePushAnswer', {
    cite: close,
    question: 'How does the KMS answer a key that arrives after close was answered?',
    readings: {
      either: 'As it likes.',
      accepted: 'It accepts it.',
      refused: 'It refuses it.',
    },
    assumed: 'either',
  }), // facts 1.2.15
  doubleClose: defineAmbiguity('etsi-004/doubleClose', {
    cite: close,
    question: 'How is a second close of the same stream answered?',
    readings: {
      accepted: 'As the first: status 0.',
      refused: 'It is refused, as for an unknown stream.',
    },
    assumed: 'accepted',
  }), // facts 2.5, 5.5
  unknownStreamStatus: defineAmbiguity('etsi-004/unknownStreamStatus', {
    cite: close,
    question: 'No status says that a stream is unknown. Which one is given?',
    readings: {
      any: 'Any but 0.',
      three: '3.',
      five: '5.',
    },
    assumed: 'any',
  }), // facts 1.2.10, 2.4
  ttlFrom: defineAmbiguity('etsi-004/ttlFrom', {
    cite: standardQos,
    question: 'What does the ttl count from?',
    readings: {
      open: 'From open-connect.',
      creation: 'From the making of each key.',
      delivery: 'From the delivery of each key: it binds the KMS.',
    },
    assumed: 'delivery',
  }), // facts 2.5
  afterTtl: defineAmbiguity('etsi-004/afterTtl', {
    cite: standardQos,
    question: 'What becomes of a stream whose ttl has passed?',
    readings: {
      goesOn: 'It goes on: the ttl concerns stored keys.',
      expires: 'It is gone: its calls are refused.',
    },
    assumed: 'goesOn',
  }), // facts 2.5
  closeStops: defineAmbiguity('etsi-004/closeStops', {
    cite: close,
    question: 'Does close end the stream at the other end?',
    readings: {
      oneEnd: 'No: each end is closed for itself.',
      bothEnds: 'Yes: calls there are refused from then on.',
    },
    assumed: 'oneEnd',
  }), // facts 2.2
  closeWhilePushing: defineAmbiguity('etsi-004/closeWhilePushing', {
    cite: close,
    question: 'May the answer to close wait until the pushes under way are answered?',
    readings: {
      either: 'Yes.',
      waits: 'It must.',
    },
    assumed: 'either',
  }), // facts 1.2.15
};
