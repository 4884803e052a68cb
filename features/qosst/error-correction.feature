@qosst @errorCorrection
Feature: Error correction
  Bob names the code; block by block, then over all that remains, Alice corrects her key by what
  he sends. Then their hashes are compared.
  QOSST control protocol, Error correction

  @alice
  Scenario: Two blocks, what remains, and equal keys
    Given the estimates are approved
    When Bob sends EC_INITIALIZATION
    Then Alice answers EC_READY or EC_DENIED
    When Bob sends EC_BLOCK
    Then Alice answers EC_BLOCK_ACK or EC_BLOCK_ERROR
    When Bob sends EC_BLOCK
    Then Alice answers EC_BLOCK_ACK or EC_BLOCK_ERROR
    When Bob sends EC_REMAINING
    Then Alice answers EC_REMAINING_ACK or EC_REMAINING_ERROR
    When Bob sends EC_VERIFICATION
    Then Alice answers EC_VERIFICATION_SUCCESS or EC_VERIFICATION_FAIL

  @alice
  Scenario: A key without remaining errors is verified at once
    Given errors are being corrected
    When Bob sends EC_BLOCK
    Then Alice answers EC_BLOCK_ACK or EC_BLOCK_ERROR
    When Bob sends EC_VERIFICATION
    Then Alice answers EC_VERIFICATION_SUCCESS or EC_VERIFICATION_FAIL

  @alice
  Scenario Outline: When <state>, <message> comes too early
    Given <state>
    When Bob sends <message>
    Then Alice answers UNEXPECTED_COMMAND with the code of <message>

    Examples:
      | state                      | message           |
      | Bob has acquired the frame | EC_INITIALIZATION |
      | the estimates are approved | EC_BLOCK          |
      | the estimates are approved | EC_REMAINING      |
      | the estimates are approved | EC_VERIFICATION   |
      | errors are being corrected | PA_REQUEST        |

  @alice @hostile
  Scenario Outline: <message> needs its <member>
    Given <state>
    When Bob sends <message> without <member>
    Then Alice answers INVALID_CONTENT with the code of <message>

    Examples:
      | state                      | message           | member   |
      | the estimates are approved | EC_INITIALIZATION | matrix   |
      | errors are being corrected | EC_BLOCK          | syndrome |
      | errors are being corrected | EC_VERIFICATION   | hash     |

  @bob
  Scenario: Bob corrects block by block until both keys are equal
    Given Bob has sent EC_INITIALIZATION
    When Alice answers EC_READY
    Then Bob sends EC_BLOCK, EC_REMAINING or EC_VERIFICATION
    And Bob sends EC_VERIFICATION
    When Alice answers EC_VERIFICATION_SUCCESS
    Then Bob sends PA_REQUEST

  @bob
  Scenario: Bob corrects nothing by a code that Alice has refused
    Given Bob has sent EC_INITIALIZATION
    When Alice answers EC_DENIED with
      | error_message | Matrix is not valid. |
    Then Bob sends EC_INITIALIZATION or FRAME_ENDED or ABORT or leaves

  @bob
  Scenario: Bob amplifies no keys that differ
    Given Bob has sent EC_VERIFICATION
    When Alice answers EC_VERIFICATION_FAIL with
      | error_message | Keys are not equal. |
    Then Bob sends FRAME_ENDED or ABORT or EC_BLOCK or EC_REMAINING or EC_VERIFICATION or leaves
