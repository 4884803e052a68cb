@central-kms @batches
Feature: Batches and what is asked for later
  A sidecar saves the signature of each batch with the KMS. The KMS asks for the health of a
  sidecar, and for the batches of some time; their bodies must fit the signatures.
  Central KMS Socket, Batch, Healthcheck and Inquiry

  @central-kms
  Scenario: A batch is stored under its own id
    Given the sidecar is registered
    When the sidecar sends BATCH
    Then the central KMS answers BATCH_STORED
    And it has the id of the batch

  @central-kms
  Scenario: A batch that is there already is stored once, or refused
    Given the sidecar is registered
    When the sidecar sends BATCH
    Then the central KMS answers BATCH_STORED
    When the sidecar saves the same batch again
    Then the central KMS answers BATCH_STORED or KMS_ERROR

  @central-kms @hostile
  Scenario: A batch without a signature is not stored
    Given the sidecar is registered
    When the sidecar calls batch with
      | id | 2b0c9d8e-7f6a-4b5c-9d4e-3f2a1b0c9d8e |
    Then the central KMS refuses it with the code -32602

  @sidecar
  Scenario: The sidecar tells of its health
    Given the sidecar is registered
    When the central KMS sends HEALTHCHECK
    Then the sidecar answers HEALTH_REPORT

  @sidecar
  Scenario: The sidecar gives back what it has saved, or says that there is nothing
    Given the sidecar is registered
    When the central KMS sends INQUIRY
    Then the sidecar answers INQUIRY_RESULT

  @sidecar
  Scenario: The sidecar is asked for health and for batches at once
    Given the sidecar is registered
    When the central KMS sends INQUIRY
    And the central KMS sends HEALTHCHECK
    Then the sidecar answers HEALTH_REPORT
