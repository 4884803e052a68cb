@kmip @messages
Feature: Messages, versions and sizes
  A server tells what it can do, in the version of who asks, in no more bytes than the client takes,
  and refuses a message that contradicts itself without doing any of it.
  KMIP 2.1, Request Header; Discover Versions; Query; Maximum Response Size

  @server
  Scenario: A server names its versions, the one that is spoken among them
    When the KMIP client sends DISCOVER_VERSIONS
    Then it succeeds

  @server
  Scenario: A server names nothing that was not asked for
    When the KMIP client asks for Discover Versions with
      | ProtocolVersion | {"ProtocolVersionMajor": 1, "ProtocolVersionMinor": 0} |
    Then it succeeds
    When the KMIP client asks for Query with
      | QueryFunction | ["QueryObjects"] |
    Then it succeeds

  @server @hostile
  Scenario: A version of nobody is refused
    When the KMIP client asks for Query in version 9.9
    Then the KMIP server refuses the message

  @server
  Scenario: A response that fits is given, one that does not is refused
    When the KMIP client asks for Query
    Then it succeeds
    When the KMIP client asks for Query in no more bytes than that response
    Then it succeeds
    When the KMIP client asks for Query in one byte less than that response
    Then it fails with Response Too Large

  @server
  Scenario: What does not fit into its response is not done
    Given a key is Pre-Active
    When the KMIP client asks for Create in 8 bytes at most
    Then it fails with Response Too Large
    And the key is Pre-Active

  @server @hostile
  Scenario Outline: A Batch Count that is not the number of items is refused: <count>
    When the KMIP client asks for Query as one item and counts <count>
    Then the KMIP server refuses the message
    And the KMIP server serves another connection

    Examples:
      | count |
      | 0     |
      | 2     |
      | -1    |

  @server
  Scenario: A refused message does not end the service
    When the KMIP client asks for Get of nobody
    Then it fails
    When the KMIP client asks for Query
    Then it succeeds

  @client
  Scenario: A client reads a response in pieces
    Given the KMIP client asks for Query
    When the KMIP server answers in pieces
    Then the KMIP client goes on or leaves

  @client
  Scenario: A client whose first message is refused goes on or leaves
    Given the KMIP client asks for Discover Versions
    When the KMIP server answers REJECTED
    Then the KMIP client goes on or leaves
