@kmip @conformance
Feature: Conformance to KMIP
  The whole suite, as `qkdspec test` runs it: every requirement of the documents that a trace can
  show, from every state that it speaks of.

  Scenario Outline: Every MUST of KMIP holds for <side>
    When every case is played against <side>
    Then no MUST is broken
    And no case is left untested

    @server
    Examples:
      | side            |
      | the KMIP server |

    @client
    Examples:
      | side            |
      | the KMIP client |
