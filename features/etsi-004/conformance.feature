@etsi-004 @conformance
Feature: Conformance of ETSI GS QKD 004, push mode
  The whole suite, as `qkdspec test` runs it: every requirement of the documents that a trace can
  show, from every state that it speaks of.

  Scenario Outline: Every MUST of the push mode holds for <side>
    When every case is played against <side>
    Then no MUST is broken
    And no case is left untested

    @qkd-device
    Examples:
      | side           |
      | the QKD device |

    @kms
    Examples:
      | side    |
      | the KMS |
