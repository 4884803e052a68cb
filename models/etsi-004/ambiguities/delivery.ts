import { defineAmbiguity, deviant } from '#models/language/index.ts';

const getKey = { document: 'etsi-004-push', section: 'get-key' } as const;
const keyMaterial = { document: 'etsi-004-push-kms', section: 'key-material' } as const;
const standardGetKey = { document: 'etsi-gs-qkd-004', section: 'GET_KEY' } as const;
const openConnect = { document: 'etsi-004-push', section: 'open-connect' } as const;
const base64 = { document: 'rfc-4648', section: 'Base 64 encoding' } as const;

/** How keys are asked for and pushed. */
export const delivery = {
  getKeyBeforePeer: defineAmbiguity('etsi-004/getKeyBeforePeer', {
    cite: getKey,
    question: 'How is get-key answered at one end while the other is not open?',
    readings: {
      accepted: 'It is accepted: the keys wait for the peer.',
      refused: 'It is refused, with status 3 or 2.',
    },
    assumed: 'accepted',
  }), // facts 1.2.5, 2.4
  secondGetKey: defineAmbiguity('etsi-004/secondGetKey', {
    cite: getKey,
    question: 'What becomes of a further get-key for a stream whose keys are being pushed?',
    readings: {
      accepted: 'It is accepted, and changes nothing.',
      refused: 'It is refused.',
    },
    assumed: 'accepted',
  }), // facts 1.2.14
  getKeyIndex: defineAmbiguity('etsi-004/getKeyIndex', {
    cite: getKey,
    question: 'What does the index in get-key mean?',
    readings: {
      ignored: 'Nothing: the device counts for itself.',
      start: 'The index of the first key.',
    },
    assumed: 'ignored',
  }), // facts 1.2.12
  firstIndex: defineAmbiguity('etsi-004/firstIndex', {
    cite: getKey,
    question: 'Which index has the first key?',
    readings: {
      any: 'Any.',
      zero: '0.',
    },
    assumed: 'any',
  }), // facts 1.2.12
  indexGaps: defineAmbiguity('etsi-004/indexGaps', {
    cite: getKey,
    question: 'May an index be left out?',
    readings: {
      none: 'No.',
      allowed: 'Yes: the index only increases.',
    },
    assumed: 'allowed',
  }), // facts 1.2.12
  indexWrap: defineAmbiguity('etsi-004/indexWrap', {
    cite: getKey,
    question: 'What comes after the index 4294967295?',
    readings: {
      zero: '0.',
      ends: 'Nothing: the stream is at its end.',
    },
    assumed: 'zero',
  }), // facts 1.2.12
  pushBeforeAnswer: defineAmbiguity('etsi-004/pushBeforeAnswer', {
    cite: getKey,
    question: 'May a key be pushed before get-key is answered?',
    readings: {
      accepted: 'Yes: the two use different connections.',
      refused: 'No.',
    },
    assumed: 'accepted',
  }), // facts 1.2.12
  parallelPushes: defineAmbiguity('etsi-004/parallelPushes', {
    cite: keyMaterial,
    question: 'May a key be pushed while another of its stream awaits its answer?',
    readings: {
      allowed: 'Yes.',
      refused: 'No: one after the other.',
    },
    assumed: 'allowed',
  }), // facts 1.2.12
  pushRetry: defineAmbiguity('etsi-004/pushRetry', {
    cite: keyMaterial,
    question: 'What becomes of a key whose key-material was refused?',
    readings: {
      repeated: 'It is pushed again.',
      dropped: 'It is lost, at both ends.',
      either: 'One or the other.',
    },
    assumed: 'either',
  }), // facts 1.2.12
  duplicatePush: defineAmbiguity('etsi-004/duplicatePush', {
    cite: keyMaterial,
    question: 'How does the KMS answer a key that it has already?',
    readings: {
      accepted: 'As before: status 0.',
      refused: 'It refuses it.',
    },
    assumed: 'accepted',
  }), // facts 1.2.12
  pushStatus: defineAmbiguity('etsi-004/pushStatus', {
    cite: keyMaterial,
    question: 'What does a status other than 0 mean in key-material?',
    readings: {
      none: 'Nothing: it does not occur.',
      noKey: 'That there is no key: the buffer is empty.',
    },
    assumed: 'noKey',
  }), // facts 1.2.14, 2.4
  pushWithoutStream: defineAmbiguity('etsi-004/pushWithoutStream', {
    cite: keyMaterial,
    question:
      'Metadata are optional in key-material, without them nobody knows the stream. What then?',
    readings: {
      named: 'They are always there.',
      onlyStream: 'The one stream that keys are pushed for is meant.',
    },
    assumed: 'named',
  }), // facts 1.1
  pushOfUnknown: defineAmbiguity('etsi-004/pushOfUnknown', {
    cite: keyMaterial,
    question: 'How does the KMS answer key-material for a stream that it does not have?',
    readings: {
      refused: 'It refuses it.',
      accepted: 'It accepts it, and drops the key.',
    },
    assumed: 'accepted',
  }), // facts 1.2.14
  backPressure: defineAmbiguity('etsi-004/backPressure', {
    cite: keyMaterial,
    question: 'How does the KMS slow the pushes down?',
    readings: {
      answerTime: 'By the time that it takes to answer.',
      refusal: 'By refusing keys.',
      none: 'It cannot.',
    },
    assumed: 'answerTime',
  }), // facts 1.2.14
  metadataBuffer: defineAmbiguity('etsi-004/metadataBuffer', {
    cite: keyMaterial,
    question: 'Is the buffer of metadata a text or an object?',
    readings: {
      byCall: 'A text in get-key, an object in key-material.',
      object: 'An object everywhere.',
      text: 'A text everywhere, which holds JSON.',
    },
    assumed: 'byCall',
  }), // facts 1.2.9
  metadataSize: defineAmbiguity('etsi-004/metadataSize', {
    cite: getKey,
    question: 'What does the size of metadata count?',
    readings: {
      ignored: 'Nothing that one could check.',
      characters: 'The characters of the text, or of the object as it is written.',
      bytes: 'The bytes of the same.',
    },
    assumed: 'ignored',
  }), // facts 1.2.9
  metadataWanted: defineAmbiguity('etsi-004/metadataWanted', {
    cite: standardGetKey,
    question: 'What does size 0 in the metadata of get-key mean?',
    readings: {
      none: 'That no metadata are wanted.',
      tooSmall: 'That the buffer is too small: status 8.',
    },
    assumed: 'none',
  }), // facts 2.5
  mimetype: defineAmbiguity('etsi-004/mimetype', {
    cite: openConnect,
    question: 'May metadata_mimetype be another than application/json?',
    readings: {
      jsonOnly: 'No.',
      free: 'Yes: it is passed over.',
    },
    assumed: 'free',
  }), // facts 1.2.9
  base64Form: defineAmbiguity('etsi-004/base64Form', {
    cite: base64,
    question: 'Which base 64 has a key_buffer?',
    readings: {
      standard: 'The standard alphabet, padded.',
      urlSafe: deviant('That for URLs, or without padding.'),
    },
    assumed: 'standard',
  }), // facts 5.6
};
