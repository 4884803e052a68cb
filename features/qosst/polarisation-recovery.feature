@qosst @polarisationRecovery
Feature: Polarisation recovery
  Alice emits a classical signal while Bob turns his polarisation controller.
  QOSST control protocol, Polarisation recovery

  @alice
  Scenario: Alice starts and stops the classical signal
    Given Bob is identified by Alice
    When Bob sends REQUEST_POLARISATION_RECOVERY
    Then Alice answers POLARISATION_RECOVERY_ACK
    When Bob sends END_POLARISATION_RECOVERY
    Then Alice answers POLARISATION_RECOVERY_ENDED

  @alice
  Scenario: Polarisation is recovered between the opening of a frame and its exchange
    Given a frame is open
    When Bob sends REQUEST_POLARISATION_RECOVERY
    Then Alice answers POLARISATION_RECOVERY_ACK
    When Bob sends END_POLARISATION_RECOVERY
    Then Alice answers POLARISATION_RECOVERY_ENDED
    When Bob sends QIE_REQUEST
    Then Alice answers QIE_READY

  @alice
  Scenario: No classical signal while Alice emits quantum states
    Given Alice emits
    When Bob sends REQUEST_POLARISATION_RECOVERY
    Then Alice answers UNEXPECTED_COMMAND with the code of REQUEST_POLARISATION_RECOVERY

  @alice
  Scenario: A recovery that did not begin cannot end
    Given Bob is identified by Alice
    When Bob sends END_POLARISATION_RECOVERY
    Then Alice answers UNEXPECTED_COMMAND with the code of END_POLARISATION_RECOVERY

  @bob
  Scenario: Bob ends the recovery that he began
    Given Bob has sent REQUEST_POLARISATION_RECOVERY
    When Alice answers POLARISATION_RECOVERY_ACK
    Then Bob sends END_POLARISATION_RECOVERY
    When Alice answers POLARISATION_RECOVERY_ENDED
    Then Bob sends INITIALIZATION_REQUEST
