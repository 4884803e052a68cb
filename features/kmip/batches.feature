@kmip @batches
Feature: Batches
  Several operations in one message: whether the server goes on behind an error, and whether what
  was done before it stays, is what the Batch Error Continuation Option says.
  KMIP 2.1, Batch Error Continuation Option; ID Placeholder; Cosmian KMS, Bulk mode with Messages

  @server
  Scenario: A key is made and activated in one message
    When the KMIP client sends a batch
      | Create         |                    |
      | Activate       | the ID Placeholder |
      | Get Attributes | the ID Placeholder |
    Then the results are Success, Success, Success
    And each result has the operation and the id of its item
    And the key is Active

  @server
  Scenario Outline: An error in the middle of a batch with <option>
    Given the KMIP client has made two keys
    When the KMIP client sends a batch with <option>
      | Activate | the first key  |
      | Activate | nobody         |
      | Activate | the second key |
    Then the results are <results>
    And each result has the operation and the id of its item
    And the first key is <first>
    And the second key is <second>

    Examples:
      | option   | results                                    | first      | second     |
      | Stop     | Success, Operation Failed                  | Active     | Pre-Active |
      | Continue | Success, Operation Failed, Success         | Active     | Active     |
      | Undo     | Operation Undone, Operation Failed         | Pre-Active | Pre-Active |

  @server
  Scenario: A batch stops at an error where nothing is said of it
    Given the KMIP client has made two keys
    When the KMIP client sends a batch
      | Activate | nobody        |
      | Activate | the first key |
    Then the results are Operation Failed
    And the first key is Pre-Active

  @server
  Scenario: The first item fails, and the others are done
    Given the KMIP client has made two keys
    When the KMIP client sends a batch with Continue
      | Destroy  | nobody         |
      | Activate | the first key  |
      | Query    |                |
      | Activate | the second key |
    Then the results are Operation Failed, Success, Success, Success
    And the second key is Active

  @server
  Scenario: What Undo takes back is the state of each object, not that of the last one
    Given the KMIP client has made two keys
    When the KMIP client sends a batch with Undo
      | Activate | the first key  |
      | Activate | the second key |
      | Get      | nobody         |
    Then the results are Operation Undone, Operation Undone, Operation Failed
    And the first key is Pre-Active
    And the second key is Pre-Active

  @server
  Scenario: The ID Placeholder does not outlive its batch
    When the KMIP client sends a batch
      | Create   |                    |
      | Activate | the ID Placeholder |
    Then the results are Success, Success
    When the KMIP client sends a batch
      | Query          |                    |
      | Get Attributes | the ID Placeholder |
    Then the results are Success, Operation Failed
    When the KMIP client asks for Activate of the ID Placeholder
    Then it fails

  @server
  Scenario: The ID Placeholder of a failed item is that of nobody
    Given a key is Pre-Active
    When the KMIP client sends a batch with Continue
      | Activate | nobody             |
      | Activate | the ID Placeholder |
    Then the results are Operation Failed, Operation Failed
    And the key is Pre-Active

  @server
  Scenario: One item that asks for an operation of nobody leaves the others alone
    Given a key is Pre-Active
    When the KMIP client sends a batch with Continue
      | Activate | the key |
      | Get      | nobody  |
      | Query    |         |
    Then the results are Success, Operation Failed, Success

  @client
  Scenario: The items of a client's batch have an id each
    Given the KMIP client sends several items at once
    Then the KMIP client has an id for each item
    And the KMIP client goes on or leaves

  @client
  Scenario: A client whose batch is refused goes on without it, or leaves
    Given the KMIP client sends several items at once
    When the KMIP server answers REJECTED
    Then the KMIP client goes on or leaves
