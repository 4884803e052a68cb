@kmip @kmip/ttlv @framing
Feature: Binary TTLV
  Every item says its tag, its type and its length; what contradicts itself is refused, and where
  nobody can tell where the next message begins, the connection is of no more use.
  KMIP 2.1, TTLV Encoding; KMIP 1.4, Error Handling

  @server
  Scenario: A message is read however it is cut
    When the KMIP client sends a request byte by byte
    Then 1 requests are answered

  @server
  Scenario: Requests that come at once are answered each
    When the KMIP client sends 5 requests at once
    Then 5 requests are answered

  @server @hostile
  Scenario Outline: A message that cannot be read is refused: <fault>
    When the KMIP client sends a message in which <fault>
    Then the KMIP server refuses the message
    And the KMIP server serves another connection

    Examples:
      | fault                                    |
      | an Integer has three bytes               |
      | a type is unknown                        |
      | a tag is that of nobody                  |
      | the payload is longer than what holds it |
      | the header is not a multiple of eight    |
      | the count is cut off                     |

  @server @hostile
  Scenario Outline: A stream that cannot be read harms nobody else: <fault>
    When the KMIP client sends a stream in which <fault>
    Then the KMIP server serves another connection

    Examples:
      | fault                                       |
      | the message says it is eight bytes longer   |
      | the message says it has two gigabytes       |
      | the message is an Integer                   |
      | there are only zeros                        |
      | there is a request of HTTP                  |
