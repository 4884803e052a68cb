/**
 * The fields of messages besides payloads, in the order of the document; the marks are those of
 * `operations`.
 * @see KMIP 2.1, Message Structure
 */
export const structures = {
  RequestMessage: 'RequestHeader BatchItem*',
  ResponseMessage: 'ResponseHeader BatchItem*',
  RequestHeader:
    'ProtocolVersion MaximumResponseSize? ClientCorrelationValue? ServerCorrelationValue? ' +
    'AsynchronousIndicator? AttestationCapableIndicator? AttestationType* Authentication? ' +
    'BatchErrorContinuationOption? BatchOrderOption? TimeStamp? BatchCount',
  ResponseHeader:
    'ProtocolVersion TimeStamp Nonce? ServerHashedPassword? AttestationType* ' +
    'ClientCorrelationValue? ServerCorrelationValue? BatchCount',
  ProtocolVersion: 'ProtocolVersionMajor ProtocolVersionMinor',
  requestItem: 'Operation Ephemeral? UniqueBatchItemID? RequestPayload MessageExtension*',
  responseItem:
    'Operation? UniqueBatchItemID? ResultStatus ResultReason? ResultMessage? ' +
    'AsynchronousCorrelationValue? ResponsePayload? MessageExtension*',
} as const;
