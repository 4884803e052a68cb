import { defineAmbiguity, deviant } from '#models/language/index.ts';

const check = { document: 'central-kms-socket', section: 'Health Check' } as const;
const inquiry = { document: 'central-kms-socket', section: 'Inquiry' } as const;
const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;

/** What the KMS asks of sidecars. */
export const kmsCalls = {
  inquiryFrom: defineAmbiguity('central-kms/inquiryFrom', {
    cite: inquiry,
    question: 'Who is asked for batches?',
    readings: {
      registered: 'Sidecars that registered; an inquiry may overtake the answer to challenge.',
      anytime: 'Whoever is connected.',
    },
    assumed: 'registered',
  }), // facts 2.5, 2.6
  inquiryVariant: defineAmbiguity('central-kms/inquiryVariant', {
    cite: inquiry,
    question:
      'One response a batch, all with one id, is more than JSON-RPC allows. How are several batches answered?',
    readings: {
      documented: 'With a response for each, all with the id of the inquiry.',
      deployed: 'With a call inquiry-response for each, which nobody answers.',
      single: 'Not at all: there is one response, about one batch at most.',
    },
    assumed: 'documented',
  }), // facts 4.17, 2.5
  emptyInquiry: defineAmbiguity('central-kms/emptyInquiry', {
    cite: inquiry,
    question: 'How does a sidecar say that nothing satisfies an inquiry?',
    readings: {
      absent: 'With total 0 and item 0; id and body are null or not there.',
      empty: 'The same, or with empty strings as id and body.',
    },
    assumed: 'absent',
  }), // facts 4.18
  countForm: defineAmbiguity('central-kms/countForm', {
    cite: inquiry,
    question: 'total and item are quoted in the template, integers in the table. What are they?',
    readings: {
      integers: 'Integers.',
      digits: 'Integers, or strings of digits.',
    },
    assumed: 'integers',
  }), // facts 4.19
  foundBatches: defineAmbiguity('central-kms/foundBatches', {
    cite: inquiry,
    question: 'Whose batches does an inquiry find?',
    readings: {
      own: 'Those that the sidecar has saved since it runs, on any connection.',
      service: deviant('Those of all sidecars of its service, whenever they were saved.'),
    },
    assumed: 'own',
  }), // facts 2.5, 4.34; audits
  itemBase: defineAmbiguity('central-kms/itemBase', {
    cite: inquiry,
    question: 'Does item count from 0 or from 1?',
    readings: {
      one: 'From 1.',
      zero: 'From 0.',
    },
    assumed: 'one',
  }), // facts 4.20
  inquiryTotal: defineAmbiguity('central-kms/inquiryTotal', {
    cite: inquiry,
    question: 'Have all answers to an inquiry the same total?',
    readings: {
      constant: 'Yes.',
      varying: deviant('No: the largest one counts.'),
    },
    assumed: 'constant',
  }), // facts 4.21, 2.5
  inquiryId: defineAmbiguity('central-kms/inquiryId', {
    cite: inquiry,
    question: 'Is the id of an inquiry that of its call?',
    readings: {
      either: 'Answers are told apart by the inquiry first.',
      separate: 'They differ.',
      equal: 'They are equal.',
    },
    assumed: 'either',
  }), // facts 4.22, 2.5; compose
  inquiryTimes: defineAmbiguity('central-kms/inquiryTimes', {
    cite: inquiry,
    question: 'What is a DateTime?',
    readings: {
      anyZone: 'RFC 3339, in any time zone.',
      utc: 'RFC 3339 in UTC, with a Z.',
    },
    assumed: 'anyZone',
  }), // facts 4.23; perceive
  backwardsInquiry: defineAmbiguity('central-kms/backwardsInquiry', {
    cite: inquiry,
    question: 'What becomes of an inquiry that ends before it starts?',
    readings: {
      either: 'Nothing satisfies it, or it is refused with -32602.',
      empty: 'Nothing satisfies it.',
    },
    assumed: 'either',
  }), // facts 4.23
  bodyText: defineAmbiguity('central-kms/bodyText', {
    cite: inquiry,
    question: 'What is the plain text of a body that is not Unicode: lone surrogates?',
    readings: {
      utf8: 'The text is signed as UTF-8; what has none is replaced.',
      refused: 'There is no such body.',
    },
    assumed: 'utf8',
  }), // facts 4.24; audits
  healthLevels: defineAmbiguity('central-kms/healthLevels', {
    cite: check,
    question: 'What becomes of a level that the sidecar does not know?',
    readings: {
      either: 'It is answered with a report, or with -32602.',
      reported: 'It is answered with a report.',
      refused: 'It is answered with -32602.',
      silent: deviant('Nothing.'),
    },
    assumed: 'either',
  }), // facts 4.25, 2.5
  shortTime: defineAmbiguity('central-kms/shortTime', {
    cite: check,
    question: 'How long is a short amount of time?',
    readings: {
      limit: "As long as the profile's limit.",
      any: 'Late answers are taken too.',
    },
    assumed: 'limit',
  }), // facts 4.26; profile
  kmsIds: defineAmbiguity('central-kms/kmsIds', {
    cite: check,
    question: "Are the ids of the KMS's calls UUIDs?",
    readings: {
      texts: 'Those of healthchecks are, others are strings.',
      uuids: 'All are.',
    },
    assumed: 'texts',
  }), // facts 4.29; perceive
  kmsParams: defineAmbiguity('central-kms/kmsParams', {
    cite: all,
    question: 'Does a sidecar look at params of a call for which it has no use?',
    readings: {
      checked: 'At all of them: what is wrong is refused with -32602.',
      used: 'At those that it uses: it answers as if the others were right.',
    },
    assumed: 'checked',
  }), // facts 2.5, 5
  otherMethods: defineAmbiguity('central-kms/otherMethods', {
    cite: all,
    question: 'May a sidecar call methods that the document has not?',
    readings: {
      none: 'No.',
      asked: 'Yes: -32601 tells it that there is no such method.',
    },
    assumed: 'none',
  }), // facts 5
  wrongCalls: defineAmbiguity('central-kms/wrongCalls', {
    cite: all,
    question: 'Does a sidecar answer calls that it does not know, or cannot use?',
    readings: {
      answered: 'Yes, with -32601 or -32602.',
      silent: deviant('No.'),
    },
    assumed: 'answered',
  }), // facts 2.5
};
