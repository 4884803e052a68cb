@qosst
Feature: What makes no sense
  Alice says what was wrong with a request, returns its code, and stays where she was. Bob says
  so when he can make nothing of an answer.
  QOSST control protocol, Other messages; Error codes

  @alice
  Scenario: A code that the protocol does not have
    Given a frame is open
    When Bob sends QIE_REQUEST in a frame that has the unknown code 1000
    Then Alice answers UNKNOWN_COMMAND with
      | code | 1000 |
    When Bob sends QIE_REQUEST
    Then Alice answers QIE_READY

  @alice
  Scenario Outline: <message> is Alice's to say
    Given a frame is open
    When Bob sends <message>
    Then Alice answers UNEXPECTED_COMMAND with the code of <message>
    When Bob sends QIE_REQUEST
    Then Alice answers QIE_READY

    Examples:
      | message                 |
      | IDENTIFICATION_RESPONSE |
      | INITIALIZATION_ACCEPTED |
      | QIE_READY               |
      | UNKNOWN_COMMAND         |
      | ABORT_ACK               |

  @alice @hostile
  Scenario Outline: Alice cannot read a frame that <fault>
    Given a frame is open
    When Bob sends QIE_REQUEST in a frame that <fault>
    Then Alice answers INVALID_CONTENT

    Examples:
      | fault                          |
      | has a header that is not JSON  |
      | has a content that is not JSON |
      | has no code                    |
      | has no next challenge          |

  @alice
  Scenario: Bob says that an answer made no sense
    Given a frame is open
    When Bob sends INVALID_RESPONSE with
      | error_message | Code 221 made no sense in this context. |
    Then Alice answers INVALID_RESPONSE_ACK
    When Bob sends QIE_REQUEST
    Then Alice answers QIE_READY

  @bob
  Scenario Outline: Bob can make nothing of <answer> to <message>
    Given Bob has sent <message>
    When Alice answers <answer>
    Then Bob sends INVALID_RESPONSE or ABORT

    Examples:
      | message                | answer             |
      | INITIALIZATION_REQUEST | QIE_READY          |
      | INITIALIZATION_REQUEST | UNEXPECTED_COMMAND |
      | QIE_TRIGGER            | QIE_ENDED          |
      | PE_NPHOTON_REQUEST     | PE_APPROVED        |

  @bob
  Scenario: Bob leaves in peace when he could make nothing of an answer
    Given Bob has sent INITIALIZATION_REQUEST
    When Alice answers FRAME_ENDED_ACK
    Then Bob sends INVALID_RESPONSE or ABORT
    When Alice answers INVALID_RESPONSE_ACK
    Then Bob sends ABORT or IDENTIFICATION_REQUEST or leaves
