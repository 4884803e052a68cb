@qosst @identification
Feature: Identification
  Bob names himself and the version that he speaks. Alice names herself, or refuses the version.
  QOSST control protocol, Authentication and identification

  @alice
  Scenario: Alice identifies a Bob who speaks her version
    When Bob connects
    And Bob sends IDENTIFICATION_REQUEST
    Then Alice answers IDENTIFICATION_RESPONSE
    And Alice echoes Bob's challenge
    When Bob sends INITIALIZATION_REQUEST
    Then Alice answers INITIALIZATION_ACCEPTED, INITIALIZATION_DENIED or INITIALIZATION_PROPOSAL

  @alice
  Scenario: Alice refuses a version that she does not speak
    When Bob sends IDENTIFICATION_REQUEST with
      | serial_number | QOSST/0002 |
      | qosst_version | QOSST/9.9  |
    Then Alice answers INVALID_QOSST_VERSION
    When Bob sends INITIALIZATION_REQUEST
    Then Alice answers UNEXPECTED_COMMAND or AUTHENTICATION_INVALID

  @alice
  Scenario: A Bob who was refused may come back with the right version
    Given Bob has sent IDENTIFICATION_REQUEST with
      | serial_number | QOSST/0002 |
      | qosst_version | QOSST/9.9  |
    When Bob sends IDENTIFICATION_REQUEST
    Then Alice answers IDENTIFICATION_RESPONSE

  @alice @hostile
  Scenario Outline: Alice takes no IDENTIFICATION_REQUEST without <member>
    When Bob sends IDENTIFICATION_REQUEST without <member>
    Then Alice answers INVALID_CONTENT with the code of IDENTIFICATION_REQUEST

    Examples:
      | member        |
      | serial_number |
      | qosst_version |

  @alice
  Scenario Outline: Before identification Alice carries out no <message>
    Given Bob is not identified
    When Bob sends <message>
    Then Alice answers UNEXPECTED_COMMAND or AUTHENTICATION_INVALID
    When Bob sends IDENTIFICATION_REQUEST
    Then Alice answers IDENTIFICATION_RESPONSE

    Examples:
      | message                       |
      | INITIALIZATION_REQUEST        |
      | CHANGE_PARAMETER_REQUEST      |
      | REQUEST_POLARISATION_RECOVERY |
      | QIE_TRIGGER                   |
      | PE_SYMBOLS_REQUEST            |
      | FRAME_ENDED                   |
      | INVALID_RESPONSE              |
      | ABORT                         |

  @alice
  Scenario: Bob may identify himself again at any time
    Given Alice is ready to emit
    When Bob sends IDENTIFICATION_REQUEST
    Then Alice answers IDENTIFICATION_RESPONSE

  @bob
  Scenario: Bob names himself before anything else
    When Bob connects
    Then Bob sends IDENTIFICATION_REQUEST
    When Alice answers IDENTIFICATION_RESPONSE
    Then Bob sends INITIALIZATION_REQUEST
