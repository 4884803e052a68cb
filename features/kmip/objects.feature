@kmip @objects
Feature: The lives of managed objects
  A key is Pre-Active, Active, Deactivated or Compromised, Destroyed or Destroyed Compromised; what
  may be done to it depends on that.
  KMIP 2.1, State; Activate; Revoke; Destroy

  @server
  Scenario: A key is led through its life
    Given a key is Pre-Active
    When the KMIP client asks for Activate of the key
    Then it succeeds
    And the key is Active
    When the KMIP client asks for Revoke of the key with
      | RevocationReason | {"RevocationReasonCode": "CessationOfOperation"} |
    Then it succeeds
    And the key is Deactivated
    When the KMIP client asks for Destroy of the key
    Then it succeeds

  @server
  Scenario Outline: What may not be done to a key that is <state>: <operation>
    Given a key is <state>
    When the KMIP client asks for <operation> of the key
    Then it fails

    Examples:
      | state                 | operation |
      | Active                | Activate  |
      | Active                | Destroy   |
      | Deactivated           | Activate  |
      | Compromised           | Activate  |
      | Destroyed             | Activate  |
      | Destroyed             | Get       |
      | Destroyed Compromised | Get       |

  @server
  Scenario Outline: Only an Active key encrypts: <state>
    Given a key is <state>
    When the KMIP client asks for Encrypt of the key
    Then it fails

    Examples:
      | state       |
      | Pre-Active  |
      | Deactivated |
      | Destroyed   |

  @server
  Scenario: A compromise is told wherever a key is in its life
    Given a key is Pre-Active
    When the KMIP client asks for Revoke of the key with
      | RevocationReason         | {"RevocationReasonCode": "KeyCompromise"} |
      | CompromiseOccurrenceDate | 1600000000                                |
    Then it succeeds
    And the key is Compromised

  @server
  Scenario: What is not there cannot be used
    When the KMIP client asks for Get of nobody
    Then it fails

  @server
  Scenario: An attribute is added, read and changed
    Given a key is Pre-Active
    When the KMIP client asks for Add Attribute of the key
    Then it succeeds
    When the KMIP client asks for Modify Attribute of the key with
      | NewAttribute | {"Description": "of the second shift"} |
    Then it succeeds
    When the KMIP client asks for Delete Attribute of the key
    Then it succeeds

  @server
  Scenario: Only the server sets the state of a key
    Given a key is Pre-Active
    When the KMIP client asks for Modify Attribute of the key with
      | NewAttribute | {"State": "Active"} |
    Then it fails
    And the key is Pre-Active

  @server
  Scenario: A key is found by its name, and by no other
    When the KMIP client asks for Create with
      | Attributes | {"CryptographicAlgorithm": "AES", "CryptographicLength": 256, "CryptographicUsageMask": "Encrypt", "Name": {"NameValue": "of a feature", "NameType": "UninterpretedTextString"}} |
    Then it succeeds
    When the KMIP client asks for Locate with
      | Attributes | {"Name": {"NameValue": "of a feature", "NameType": "UninterpretedTextString"}} |
    Then it finds 1 key
    When the KMIP client asks for Locate with
      | Attributes | {"Name": {"NameValue": "of no feature", "NameType": "UninterpretedTextString"}} |
    Then it finds 0 keys

  @client
  Scenario: A client that was told of a key asks for that key
    Given the KMIP client asks for Create
    When the KMIP server has done it, and says so: "done"
    Then the KMIP client names what was made
    And the KMIP client goes on or leaves

  @client
  Scenario: A client makes nothing of what was not made
    Given the KMIP client asks for Create
    When the KMIP server has failed, and names an object all the same
    Then the KMIP client never names it

  @client
  Scenario Outline: A client whose <operation> fails goes on or leaves
    Given the KMIP client asks for <operation>
    When the KMIP server answers FAILED
    Then the KMIP client goes on or leaves

    Examples:
      | operation |
      | Create    |
      | Activate  |
      | Encrypt   |
      | Revoke    |
      | Destroy   |
