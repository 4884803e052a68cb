@qosst @abort
Feature: Abort
  Either side may give the current frame up. All work on it is deleted; nobody goes down.
  QOSST control protocol, ABORT

  @alice
  Scenario Outline: Bob gives the frame up when <state>
    Given <state>
    When Bob sends ABORT with
      | abort_message | Physical tampering. |
    Then Alice answers ABORT_ACK
    When Bob sends <next>
    Then Alice answers UNEXPECTED_COMMAND with the code of <next>
    When Bob sends INITIALIZATION_REQUEST
    Then Alice answers INITIALIZATION_ACCEPTED, INITIALIZATION_DENIED or INITIALIZATION_PROPOSAL

    Examples:
      | state                      | next                  |
      | a frame is open            | QIE_REQUEST           |
      | Alice is ready to emit     | QIE_TRIGGER           |
      | Alice emits                | QIE_ACQUISITION_ENDED |
      | Bob has acquired the frame | PE_SYMBOLS_REQUEST    |

  @alice @errorCorrection
  Scenario Outline: Bob gives the frame up when <state>
    Given <state>
    When Bob sends ABORT
    Then Alice answers ABORT_ACK
    When Bob sends <next>
    Then Alice answers UNEXPECTED_COMMAND with the code of <next>

    Examples:
      | state                      | next            |
      | errors are being corrected | EC_VERIFICATION |
      | the keys are equal         | PA_REQUEST      |
      | the key is amplified       | FRAME_ENDED     |

  @alice
  Scenario: Bob aborts without a reason, and without a frame
    Given Bob is identified by Alice
    When Bob sends ABORT with
      | remark | none |
    Then Alice answers ABORT_ACK

  @bob
  Scenario Outline: Bob begins anew when Alice aborts instead of answering <message>
    Given Bob has sent <message>
    When Alice answers ABORT with
      | abort_message | The sequence is beyond the range of the DAC. |
    Then Bob sends INITIALIZATION_REQUEST or leaves

    Examples:
      | message                |
      | INITIALIZATION_REQUEST |
      | QIE_REQUEST            |
      | QIE_TRIGGER            |
      | PE_SYMBOLS_REQUEST     |
      | PE_FINISHED            |
