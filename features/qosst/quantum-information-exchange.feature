@qosst @quantumInformationExchange
Feature: Quantum information exchange
  Alice prepares the states of a frame, Bob triggers, Alice emits, Bob says when he has acquired.
  QOSST control protocol, Quantum Information Exchange

  @alice
  Scenario: Alice emits a frame
    Given a frame is open
    When Bob sends QIE_REQUEST
    Then Alice answers QIE_READY
    When Bob sends QIE_TRIGGER
    Then Alice answers QIE_EMISSION_STARTED
    When Bob sends QIE_ACQUISITION_ENDED
    Then Alice answers QIE_ENDED
    When Bob sends PE_NPHOTON_REQUEST
    Then Alice tells the mean number of photons per symbol

  @alice
  Scenario: Alice prepares no frame but the one that is open
    Given a frame is open
    When Bob sends QIE_REQUEST with the UUID of another frame
    Then Alice answers INVALID_CONTENT with the code of QIE_REQUEST
    When Bob sends QIE_REQUEST
    Then Alice answers QIE_READY

  @alice
  Scenario Outline: When <state>, <message> comes too early
    Given <state>
    When Bob sends <message>
    Then Alice answers UNEXPECTED_COMMAND with the code of <message>

    Examples:
      | state                      | message               |
      | Bob is identified by Alice | QIE_REQUEST           |
      | a frame is open            | QIE_TRIGGER           |
      | a frame is open            | QIE_ACQUISITION_ENDED |
      | Alice is ready to emit     | QIE_ACQUISITION_ENDED |
      | Alice is ready to emit     | PE_SYMBOLS_REQUEST    |
      | Alice emits                | PE_NPHOTON_REQUEST    |
      | Alice emits                | PE_FINISHED           |

  @bob
  Scenario: Bob triggers when Alice is ready, and says when he has acquired
    Given Bob has sent QIE_REQUEST
    When Alice answers QIE_READY
    Then Bob sends QIE_TRIGGER
    When Alice answers QIE_EMISSION_STARTED
    Then Bob sends QIE_ACQUISITION_ENDED
    When Alice answers QIE_ENDED
    Then Bob sends PE_SYMBOLS_REQUEST, PE_NPHOTON_REQUEST or PE_FINISHED

  @bob
  Scenario: Bob does not trigger an Alice who is not ready
    Given Bob has sent QIE_REQUEST
    When Alice answers QIE_EMISSION_STARTED
    Then Bob sends INVALID_RESPONSE or ABORT
