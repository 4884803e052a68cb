@qosst @parameterEstimation
Feature: Parameters estimation
  Bob has some of the symbols revealed, and the mean photon number; from them he estimates the
  channel. Alice decides whether the frame is worth going on with.
  QOSST control protocol, Parameters estimation

  @alice
  Scenario: Alice reveals the symbols that Bob asks for
    Given Bob has acquired the frame
    When Bob asks for the symbols at indices 0, 3 and 1
    Then Alice reveals 3 symbols
    When Bob asks for the symbol at index 2
    Then Alice reveals 1 symbol

  @alice
  Scenario: An index that lies outside the frame
    Given Bob has acquired the frame
    When Bob asks for the symbols at indices 0 and 4000000000
    Then Alice answers PE_SYMBOLS_ERROR
    When Bob asks for the symbols at indices 0 and 3
    Then Alice reveals 2 symbols

  @alice
  Scenario: An index below the frame
    Given Bob has acquired the frame
    When Bob asks for the symbol at index -1
    Then Alice answers PE_SYMBOLS_ERROR

  @alice @hostile
  Scenario: Symbols are asked for by their indices
    Given Bob has acquired the frame
    When Bob sends PE_SYMBOLS_REQUEST without indices
    Then Alice answers INVALID_CONTENT with the code of PE_SYMBOLS_REQUEST

  @alice
  Scenario: Alice tells how strong her signal was
    Given Bob has acquired the frame
    When Bob sends PE_NPHOTON_REQUEST
    Then Alice tells the mean number of photons per symbol

  @alice
  Scenario: Alice judges the estimates of a good channel
    Given Bob has acquired the frame
    When Bob sends PE_FINISHED with
      | n_photon         | 1.54 |
      | transmittance    | 0.5  |
      | excess_noise     | 0.1  |
      | electronic_noise | 0.05 |
      | eta              | 0.8  |
      | key_rate         | 200  |
    Then Alice answers PE_APPROVED or PE_DENIED

  @alice
  Scenario: No key, no frame
    Given Bob has acquired the frame
    When Bob sends PE_FINISHED with
      | n_photon         | 1.54 |
      | transmittance    | 0.5  |
      | excess_noise     | 0.9  |
      | electronic_noise | 0.05 |
      | eta              | 0.8  |
      | key_rate         | 0    |
    Then Alice answers PE_DENIED
    When Bob sends EC_INITIALIZATION
    Then Alice answers UNEXPECTED_COMMAND with the code of EC_INITIALIZATION

  @alice @hostile
  Scenario Outline: Estimates without <member> are not complete
    Given Bob has acquired the frame
    When Bob sends PE_FINISHED without <member>
    Then Alice answers INVALID_CONTENT with the code of PE_FINISHED

    Examples:
      | member        |
      | transmittance |
      | excess_noise  |
      | key_rate      |

  @bob
  Scenario: Bob corrects no errors in a frame that Alice has denied
    Given Bob has sent PE_FINISHED
    When Alice answers PE_DENIED with
      | deny_message | Key rate is null. |
    Then Bob sends INITIALIZATION_REQUEST or FRAME_ENDED or ABORT or leaves

  @bob
  Scenario: Bob makes nothing of fewer symbols than he asked for
    Given Bob has sent PE_SYMBOLS_REQUEST
    When Alice answers PE_SYMBOLS_RESPONSE with
      | symbols_real | [] |
      | symbols_imag | [] |
    Then Bob sends INVALID_RESPONSE or ABORT
