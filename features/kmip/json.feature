@kmip @json
Feature: JSON and its dialects
  OASIS says how KMIP is written as JSON; Cosmian's versions 4 and 5 write it in their own ways, and
  the document on batches in one that needs repair. A repair is told, never silent.
  KMIP Additional Message Encodings, JSON Encoding; Cosmian KMS, Bulk mode with Messages

  @server
  Scenario Outline: A key is made and used in every encoding: <encoding>
    When the KMIP client sends a batch
      | Create   |                    |
      | Activate | the ID Placeholder |
    Then the results are Success, Success
    And the key is Active

    @kmip/json
    Examples:
      | encoding      |
      | JSON of OASIS |

    @kmip/json-cosmian-5
    Examples:
      | encoding          |
      | JSON of Cosmian 5 |

    @kmip/json-cosmian-4
    Examples:
      | encoding          |
      | JSON of Cosmian 4 |

    @kmip/json-cosmian-page
    Examples:
      | encoding             |
      | JSON of the document |

    @kmip/xml
    Examples:
      | encoding |
      | XML      |

    @kmip/http
    Examples:
      | encoding         |
      | binary over HTTP |

  @server @kmip/json
  Scenario Outline: JSON is read in every form of the standard: <form>
    When the KMIP client sends JSON that <form>
    Then it succeeds

    Examples:
      | form                             |
      | has its tags in hex              |
      | has its types behind its values  |
      | is written over many lines       |
      | names the type of structures     |

  @server @kmip/json @hostile
  Scenario Outline: JSON that is wrong is refused: <form>
    When the KMIP client sends JSON that <form>
    Then the KMIP server refuses the message
    And the KMIP server serves another connection

    Examples:
      | form                                    |
      | is cut off                              |
      | has a comma before each closing bracket |
      | has no type of its Integers             |
      | has a tag that nobody knows             |
      | has an Integer of 33 bits               |
      | is followed by another message          |

  @server @kmip/json-cosmian-page
  Scenario: The batch that the document prints is repaired, and done
    When the KMIP client sends this batch
      """
      { "tag": "RequestMessage", "type": "Structure", "value": [
        { "tag": "Header", "type": "Structure", "value": [
          { "tag": "ProtocolVersion", "type": "Structure", "value": [
            { "tag": "ProtocolVersionMajor", "type": "Integer", "value": 2, },
            { "tag": "ProtocolVersionMinor", "type": "Integer", "value": 1, },
          ], },
          { "tag": "MaximumResponseSize", "type": "Integer", "value": 9999, },
          { "tag": "BatchCount", "type": "Integer", "value": 2, },
        ], },
        { "tag": "BatchItem", "type": "Structure", "value": [
          { "tag": "Items", "type": "Structure", "value": [
            { "tag": "Operation", "type": "Enumeration", "value": "CreateKeyPair", },
            { "tag": "RequestPayload", "type": "Structure", "value": [
              { "tag": "CommonAttributes", "type": "Structure", "value": [
                { "tag": "CryptographicAlgorithm", "type": "Enumeration", "value": "ECDH", },
                { "tag": "CryptographicLength", "type": "Integer", "value": 256, },
                { "tag": "CryptographicDomainParameters", "type": "Structure", "value": [
                  { "tag": "QLength", "type": "Integer", "value": 256, },
                  { "tag": "RecommendedCurve", "type": "Enumeration", "value": "CURVE25519", },
                ], },
                { "tag": "CryptographicUsageMask", "type": "Integer", "value": 2108, },
                { "tag": "KeyFormatType", "type": "Enumeration", "value": "ECPrivateKey", },
                { "tag": "ObjectType", "type": "Enumeration", "value": "PrivateKey", },
              ], },
            ], },
          ], },
          { "tag": "BatchItem", "type": "Structure", "value": [
            { "tag": "Operation", "type": "Enumeration", "value": "Locate", },
            { "tag": "RequestPayload", "type": "Structure", "value": [
              { "tag": "Attributes", "type": "Structure", "value": [] },
            ], },
          },
        ], },
      ], }
      """
    Then the results are Success, Success
    And it finds both keys of the pair
    And these repairs are told
      | "Header", read as RequestHeader | 1 |
      | "Items", read as BatchItem      | 1 |
      | "QLength", read as Qlength      | 1 |
      | 2 in a batch item               | 1 |
      | no ]                            | 1 |

  @client @kmip/json-cosmian-page
  Scenario Outline: A client of the document's dialect reads what the document's response has: <form>
    Given the KMIP client asks for Create
    When the KMIP server answers with JSON that <form>
    Then the KMIP client names what was made

    Examples:
      | form                                    |
      | has a comma before each closing bracket |
      | calls a BatchItem BtachItem             |
