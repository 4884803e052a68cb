@qosst @conformance
Feature: Conformance of QOSST
  The whole suite, as `qkdspec test` runs it: every requirement of the documents that a trace can
  show, from every state that it speaks of.

  Scenario Outline: Every MUST of QOSST holds for <side>
    When every case is played against <side>
    Then no MUST is broken
    And no case is left untested

    @alice
    Examples:
      | side  |
      | Alice |

    @bob
    Examples:
      | side |
      | Bob  |
