@qosst @optics @reference
Feature: Light, noise and key
  Alice sends coherent states over a simulated fibre, Bob measures them. Both our sides make a key
  of it, or find out in time that there is none. Every session is judged as any other is.

  Rule: A sound link gives both the same key

    @alice
    Scenario: Five kilometres of fibre
      Given a fibre of 5 km
      When Alice and Bob share a frame
      Then Bob finds a transmittance of 0.794 and an excess noise of 0.025 SNU
      And Alice has said PE_APPROVED
      And Alice has said EC_VERIFICATION_SUCCESS
      And Alice has said PA_SUCCESS
      And both have the same key

    @alice
    Scenario Outline: States of <modulation>
      Given symbols of <modulation>
      And an excess noise of 0.02 SNU
      When Alice and Bob share a frame
      Then Bob finds a transmittance of 0.794 and an excess noise of 0.02 SNU
      And both have the same key

      Examples:
        | modulation     |
        | gaussian       |
        | qam:8          |
        | pcs-qam:8:0.07 |
        | binomial-qam:8 |

    @bob
    Scenario: A polarisation that has drifted is recovered before the frame
      Given the polarisation is turned away
      When Alice and Bob share a frame
      Then Bob has said REQUEST_POLARISATION_RECOVERY
      And Bob finds a transmittance of 0.794 and an excess noise of 0.025 SNU
      And both have the same key

  Rule: A waveform gives what its symbols would

    @bob
    Scenario: Pulses, pilots and a preamble between two converters
      Given light that is simulated as a waveform
      When Alice and Bob share a frame
      Then Bob finds a transmittance of 0.794 and an excess noise of 0.025 SNU
      And both have the same key

    @bob
    Scenario: Lasers whose phase cannot be followed
      Given light that is simulated as a waveform
      And lasers whose beat has a line of 1000000 Hz
      When Alice and Bob share a frame
      Then Alice has said PE_DENIED
      And nobody has a key

  Rule: No key rate, no key

    @alice
    Scenario: The fibre is too long for its noise
      Given a fibre of 200 km
      When Alice and Bob share a frame
      Then Alice has said PE_DENIED
      And Bob has not said EC_INITIALIZATION
      And nobody has a key

    @alice
    Scenario: Too much excess noise
      Given an excess noise of 0.2 SNU
      When Alice and Bob share a frame
      Then Bob finds a transmittance of 0.794 and an excess noise of 0.2 SNU
      And Alice has said PE_DENIED
      And nobody has a key

    @alice
    Scenario: Two stations that do not share their light
      Given Alice has symbols of another source
      When Alice and Bob share a frame
      Then Alice has said PE_DENIED
      And nobody has a key

    @alice
    Scenario: A slipped index leaves no correlation
      Given Bob takes each symbol for its neighbour
      When Alice and Bob share a frame
      Then Alice has said PE_DENIED
      And nobody has a key

    @bob
    Scenario: A calibration that is out of date
      Given the local oscillator has lost a tenth of its power since calibration
      When Alice and Bob share a frame
      Then Alice has said PE_DENIED
      And nobody has a key

  Rule: Eve is noticed

    @bob
    Scenario Outline: She measures and resends: <trouble>
      Given <trouble>
      When Alice and Bob share a frame
      Then the excess noise has given it away
      And Alice has said PE_DENIED
      And nobody has a key

      Examples:
        | trouble                                         |
        | Eve measures and resends a fifth of the symbols |
        | Eve measures and resends every symbol           |

    @bob
    Scenario: What little noise she makes is paid for
      Given Eve measures and resends a hundredth of the symbols
      When Alice and Bob share a frame
      Then Bob finds a transmittance of 0.794 and an excess noise of 0.045 SNU
      And both have the same key

    @bob
    Scenario: The saturation attack, which the estimates take for a good link
      Given Eve hides behind the saturation of Bob's detector
      When Alice and Bob share a frame
      Then a health test of the samples has noticed it
      And Alice has said PE_DENIED
      And nobody has a key

    @bob
    Scenario: Blinding
      Given Eve blinds the detector with light of her own
      When Alice and Bob share a frame
      Then a health test of the samples has noticed it
      And Alice has said PE_DENIED
      And nobody has a key

  Rule: What the estimates do not show costs blocks, never a wrong key

    @alice
    Scenario: The fibre is bent near the end of the frame
      Given the fibre loses 6 dB more over the last tenth of the frame
      When Alice and Bob share a frame
      Then Alice has said PE_APPROVED
      And Alice has said EC_BLOCK_ERROR
      And 1 of 2 blocks is lost
      And both have the same key

    @alice
    Scenario: A noisy stretch, which the average shows
      Given the channel is noisy for a tenth of the frame
      When Alice and Bob share a frame
      Then Alice has said PE_DENIED
      And nobody has a key

  Rule: What cannot be played is not sent

    @alice
    Scenario: A converter that is too small for the symbols
      Given Alice's converter is too small for her symbols
      When Alice and Bob share a frame
      Then Alice has said ABORT
      And Alice has not said QIE_READY
      And nobody has a key

  Rule: What no message shows is found by comparing the keys out of band

    @alice
    Scenario: One side reads the seed of the hash from its other end
      Given Alice reads the seed of the hash from its other end
      When Alice and Bob share a frame
      Then Alice has said PA_SUCCESS
      And they have different keys

    @bob
    Scenario: The excess noise behind the detector is half of what the key rate needs
      Given Bob reports the excess noise behind his detector
      When Alice and Bob share a frame
      Then Bob tells Alice of 0.5 times that excess noise
      And both have the same key
