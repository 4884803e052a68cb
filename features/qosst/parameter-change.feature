@qosst @parameterChange
Feature: Change of a parameter
  Bob asks for another value of one of Alice's parameters; she changes it, or says why not.
  QOSST control protocol, Parameter change

  @alice
  Scenario: Alice answers a change that she can make
    Given Bob is identified by Alice
    When Bob sends CHANGE_PARAMETER_REQUEST with
      | parameter | frame.quantum.roll_off |
      | value     | 0.3                    |
    Then Alice answers PARAMETER_CHANGED or PARAMETER_UNCHANGED with the same parameter

  @alice
  Scenario: Alice knows no such parameter
    Given Bob is identified by Alice
    When Bob sends CHANGE_PARAMETER_REQUEST with
      | parameter | frame.quantum.roll_olf |
      | value     | 0.3                    |
    Then Alice answers PARAMETER_UNKNOWN with the same parameter

  @alice @hostile
  Scenario: A roll-off is a number from 0 to 1
    Given Bob is identified by Alice
    When Bob sends CHANGE_PARAMETER_REQUEST with
      | parameter | frame.quantum.roll_off |
      | value     | 30                     |
    Then Alice answers PARAMETER_INVALID_VALUE with the same parameter

  @alice @reference
  Scenario: Alice remembers what was changed
    Given Bob is identified by Alice
    And Bob has sent CHANGE_PARAMETER_REQUEST with
      | parameter | frame.quantum.roll_off |
      | value     | 0.3                    |
    When Bob sends CHANGE_PARAMETER_REQUEST with
      | parameter | frame.quantum.roll_off |
      | value     | 0.4                    |
    Then Alice answers PARAMETER_CHANGED with
      | parameter | frame.quantum.roll_off |
      | old_value | 0.3                    |
      | new_value | 0.4                    |

  @alice @reference
  Scenario: Alice keeps a parameter by her policy
    Given Bob is identified by Alice
    When Bob sends CHANGE_PARAMETER_REQUEST with
      | parameter | frame.quantum.symbol_rate |
      | value     | 50000000                  |
    Then Alice answers PARAMETER_UNCHANGED with
      | parameter | frame.quantum.symbol_rate |
      | old_value | 100000000                 |

  @alice
  Scenario: A change in the middle of a frame leaves the frame where it is
    Given Alice is ready to emit
    When Bob sends CHANGE_PARAMETER_REQUEST
    Then Alice answers PARAMETER_CHANGED or PARAMETER_UNCHANGED with the same parameter
    When Bob sends QIE_TRIGGER
    Then Alice answers QIE_EMISSION_STARTED

  @alice @hostile
  Scenario Outline: A change needs its <member>
    Given Bob is identified by Alice
    When Bob sends CHANGE_PARAMETER_REQUEST without <member>
    Then Alice answers INVALID_CONTENT with the code of CHANGE_PARAMETER_REQUEST

    Examples:
      | member    |
      | parameter |
      | value     |

  @bob
  Scenario: Bob makes nothing of the answer about another parameter
    Given Bob has sent CHANGE_PARAMETER_REQUEST
    When Alice answers PARAMETER_UNKNOWN with
      | parameter | some.other.parameter |
    Then Bob sends INVALID_RESPONSE or ABORT
