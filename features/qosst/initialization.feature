@qosst @initialization
Feature: Initialization
  Bob opens a frame by its UUID; Alice accepts it, denies it, or denies it and offers a
  configuration of her own.
  QOSST control protocol, Initialization

  @alice
  Scenario: Alice accepts a frame
    Given Bob is identified by Alice
    When Bob sends INITIALIZATION_REQUEST with
      | frame_uuid | 9f0b6ea4-9e8c-11ed-8b23-0028f86a9730 |
    Then Alice answers INITIALIZATION_ACCEPTED, INITIALIZATION_DENIED or INITIALIZATION_PROPOSAL

  @alice
  Scenario: Bob may name further parameters
    Given Bob is identified by Alice
    When Bob sends INITIALIZATION_REQUEST with
      | frame_uuid         | 9f0b6ea4-9e8c-11ed-8b23-0028f86a9730 |
      | optional_parameter | value                                |
    Then Alice answers INITIALIZATION_ACCEPTED, INITIALIZATION_DENIED or INITIALIZATION_PROPOSAL

  @alice @hostile
  Scenario: A frame has a UUID
    Given Bob is identified by Alice
    When Bob sends INITIALIZATION_REQUEST without frame_uuid
    Then Alice answers INVALID_CONTENT with the code of INITIALIZATION_REQUEST

  @alice @hostile
  Scenario: A UUID that is none opens no frame
    Given Bob is identified by Alice
    When Bob sends INITIALIZATION_REQUEST with
      | frame_uuid | the first one |
    Then Alice answers INVALID_CONTENT with the code of INITIALIZATION_REQUEST

  @alice
  Scenario: Without a proposal of hers there is no configuration to ask Alice for
    Given Bob is identified by Alice
    When Bob sends INITIALIZATION_REQUEST_CONFIG
    Then Alice answers UNEXPECTED_COMMAND with the code of INITIALIZATION_REQUEST_CONFIG

  @bob
  Scenario: Bob exchanges nothing in a frame that Alice denies
    Given Bob has sent INITIALIZATION_REQUEST
    When Alice answers INITIALIZATION_DENIED with
      | deny_message | The roll-off parameter is missing. |
    Then Bob sends INITIALIZATION_REQUEST or leaves

  @bob
  Scenario: Bob proposes other parameters or asks for those that Alice proposes
    Given Bob has sent INITIALIZATION_REQUEST
    When Alice answers INITIALIZATION_PROPOSAL with
      | deny_message | The roll-off parameter is missing. |
    Then Bob sends INITIALIZATION_REQUEST or INITIALIZATION_REQUEST_CONFIG or leaves
