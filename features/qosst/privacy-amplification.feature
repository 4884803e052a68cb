@qosst @privacyAmplification
Feature: Privacy amplification
  Bob names the parameters of a hash, and both sides apply it to the corrected key.
  QOSST control protocol, Privacy amplification

  @alice
  Scenario: Alice amplifies the key
    Given the keys are equal
    When Bob sends PA_REQUEST with
      | seed                | [1, 0, 1, 1, 0] |
      | secret_key_length   | 2000            |
      | subblock_length     | 5               |
      | feedback_polynomial | [1, 1, 1, 0, 0] |
    Then Alice answers PA_SUCCESS or PA_ERROR

  @alice @reference
  Scenario: A polynomial that is shorter than a subblock
    Given the keys are equal
    When Bob sends PA_REQUEST with
      | seed                | [1, 0, 1, 1, 0] |
      | secret_key_length   | 2000            |
      | subblock_length     | 5               |
      | feedback_polynomial | [1, 1, 1]       |
    Then Alice answers PA_ERROR

  @alice @hostile
  Scenario Outline: Nothing is amplified without <member>
    Given the keys are equal
    When Bob sends PA_REQUEST without <member>
    Then Alice answers INVALID_CONTENT with the code of PA_REQUEST

    Examples:
      | member              |
      | seed                |
      | secret_key_length   |
      | feedback_polynomial |

  @alice
  Scenario: No amplification before the keys were compared
    Given errors are being corrected
    When Bob sends PA_REQUEST
    Then Alice answers UNEXPECTED_COMMAND with the code of PA_REQUEST

  @bob
  Scenario: Bob ends the frame when both keys are amplified
    Given Bob has sent PA_REQUEST
    When Alice answers PA_SUCCESS
    Then Bob sends FRAME_ENDED

  @bob
  Scenario: Bob keeps no key that Alice could not amplify
    Given Bob has sent PA_REQUEST
    When Alice answers PA_ERROR with
      | error_message | Invalid value for the feedback polynomial. |
    Then Bob sends FRAME_ENDED or ABORT or PA_REQUEST or leaves
