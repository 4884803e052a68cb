@qosst @authentication
Feature: Authentication
  Every frame is sealed, and echoes the challenge that the other side issued last. Where that
  chain breaks, only another identification mends it.
  QOSST control protocol, Authentication and identification; AUTHENTICATION_INVALID

  @alice
  Scenario: The chain of challenges
    Given Bob is identified by Alice
    When Bob sends INITIALIZATION_REQUEST
    Then Alice echoes Bob's challenge
    And Alice issues a challenge that she never issued before
    When Bob sends QIE_REQUEST
    Then Alice answers QIE_READY
    And Alice echoes Bob's challenge
    And Alice issues a challenge that she never issued before

  @alice @hostile
  Scenario: A challenge that is out of date
    Given a frame is open
    When Bob's next frame echoes a challenge that is no longer awaited
    Then Alice answers AUTHENTICATION_INVALID
    And Bob must identify himself again

  @alice @hostile
  Scenario Outline: Alice takes no frame that <fault>
    Given a frame is open
    When Bob sends QIE_REQUEST in a frame that <fault>
    Then Alice answers AUTHENTICATION_INVALID
    And Bob must identify himself again

    Examples:
      | fault                                        |
      | echoes a challenge that is no longer awaited |
      | echoes a challenge that nobody issued        |
      | echoes no challenge                          |
      | has a digest that does not fit               |
      | has a digest that is one byte short          |
      | has no digest                                |

  @alice @hostile
  Scenario: A recorded frame is worth nothing
    Given a frame is open
    And Bob has sent QIE_REQUEST
    When Bob sends his last frame once more, byte for byte
    Then Alice answers AUTHENTICATION_INVALID
    And Bob must identify himself again

  @alice @hostile
  Scenario: A frame is not carried on by somebody who may not be Bob
    Given Alice is ready to emit
    When Bob sends QIE_TRIGGER in a frame that echoes a challenge that nobody issued
    Then Alice answers AUTHENTICATION_INVALID
    When Bob sends QIE_TRIGGER
    Then Alice answers UNEXPECTED_COMMAND or AUTHENTICATION_INVALID

  @alice @hostile
  Scenario: An identification is sealed like any other frame
    Given Bob is not identified
    When Bob sends IDENTIFICATION_REQUEST in a frame that has a digest that does not fit
    Then Alice answers AUTHENTICATION_INVALID

  @alice
  Scenario: An identification needs no challenge of Alice's
    Given a frame is open
    When Bob sends IDENTIFICATION_REQUEST in a frame that echoes a challenge that is no longer awaited
    Then Alice answers IDENTIFICATION_RESPONSE
    And Alice echoes Bob's challenge

  @bob
  Scenario Outline: Bob believes no Alice whose frame <fault>
    Given Bob has sent INITIALIZATION_REQUEST
    When Alice answers INITIALIZATION_ACCEPTED in a frame that <fault>
    Then Bob sends IDENTIFICATION_REQUEST or leaves

    Examples:
      | fault                                 |
      | echoes a challenge that nobody issued |
      | echoes no challenge                   |
      | has a digest that does not fit        |
      | has a digest that is one byte short   |

  @bob
  Scenario: Bob identifies himself again when Alice doubts him
    Given Bob has sent QIE_REQUEST
    When Alice answers AUTHENTICATION_INVALID
    Then Bob sends IDENTIFICATION_REQUEST or leaves
