@central-kms @conformance
Feature: Conformance of the central KMS socket
  The whole suite, as `qkdspec test` runs it: every requirement of the documents that a trace can
  show, from every state that it speaks of.

  Scenario Outline: Every MUST of the socket holds for <side>
    When every case is played against <side>
    Then no MUST is broken
    And no case is left untested

    @central-kms
    Examples:
      | side            |
      | the central KMS |

    @sidecar
    Examples:
      | side        |
      | the sidecar |
