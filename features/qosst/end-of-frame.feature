@qosst @endOfFrame
Feature: End of a frame
  Both sides name the frame that is finished; then the next one may begin.
  QOSST control protocol, End of frame

  @alice
  Scenario: Alice confirms the end of the frame, and the next one begins
    Given the key is amplified
    When Bob sends FRAME_ENDED
    Then Alice answers FRAME_ENDED_ACK with the same frame_uuid
    When Bob sends INITIALIZATION_REQUEST
    Then Alice answers INITIALIZATION_ACCEPTED, INITIALIZATION_DENIED or INITIALIZATION_PROPOSAL

  @alice
  Scenario: A frame that is not worked on cannot end
    Given the key is amplified
    When Bob sends FRAME_ENDED with the UUID of another frame
    Then Alice answers INVALID_CONTENT with the code of FRAME_ENDED
    When Bob sends FRAME_ENDED
    Then Alice answers FRAME_ENDED_ACK with the same frame_uuid

  @alice
  Scenario: What has ended is over
    Given the key is amplified
    And Bob has sent FRAME_ENDED
    When Bob sends QIE_REQUEST
    Then Alice answers UNEXPECTED_COMMAND with the code of QIE_REQUEST

  @alice
  Scenario Outline: When <state>, the frame is not at its end
    Given <state>
    When Bob sends FRAME_ENDED
    Then Alice answers UNEXPECTED_COMMAND with the code of FRAME_ENDED

    Examples:
      | state                      |
      | a frame is open            |
      | Bob has acquired the frame |
      | the keys are equal         |

  @bob
  Scenario: Bob opens another frame, or leaves
    Given Bob has sent FRAME_ENDED
    When Alice answers FRAME_ENDED_ACK
    Then Bob sends INITIALIZATION_REQUEST or leaves
