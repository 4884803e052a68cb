@qosst @disconnection
Feature: Disconnection
  Bob takes his leave, and Alice acknowledges it. Alice goes on: the next Bob is served.
  QOSST control protocol, End of communication; Guidelines to create the client and server

  @alice
  Scenario Outline: Bob leaves when <state>
    Given <state>
    When Bob sends DISCONNECTION
    Then Alice answers DISCONNECTION_ACK

    Examples:
      | state                           |
      | Bob is identified by Alice      |
      | polarisation is being recovered |
      | a frame is open                 |
      | Alice emits                     |

  @alice
  Scenario: Alice serves the next Bob
    Given Bob is identified by Alice
    And Bob has sent DISCONNECTION
    When Bob connects again
    And Bob sends IDENTIFICATION_REQUEST
    Then Alice answers IDENTIFICATION_RESPONSE

  @alice
  Scenario: Alice outlives a Bob who is cut off
    Given Alice emits
    When Bob's connection breaks off and he connects again
    And Bob sends IDENTIFICATION_REQUEST
    Then Alice answers IDENTIFICATION_RESPONSE

  @alice
  Scenario: A session does not outlive its connection
    Given Alice is ready to emit
    When Bob connects again
    And Bob sends QIE_TRIGGER
    Then Alice answers UNEXPECTED_COMMAND or AUTHENTICATION_INVALID

  @bob
  Scenario: Bob says that he leaves, and closes the connection
    When Bob connects
    Then Bob sends DISCONNECTION
    When Alice answers DISCONNECTION_ACK
    Then Bob closes the connection
