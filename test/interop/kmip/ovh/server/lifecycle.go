package main

import (
	"context"
	"time"

	"github.com/ovh/kmip-go"
	"github.com/ovh/kmip-go/payloads"
)

func (s *store) activate(ctx context.Context, req *payloads.ActivateRequestPayload) (*payloads.ActivateResponsePayload, error) {
	one, err := s.find(ctx, req.UniqueIdentifier)
	if err != nil {
		return nil, err
	}
	if one.state != kmip.StatePreActive {
		return nil, wrong(kmip.ResultReasonPermissionDenied, "it is not Pre-Active")
	}
	one.state = kmip.StateActive
	one.stamp(kmip.AttributeNameActivationDate, now())
	return &payloads.ActivateResponsePayload{UniqueIdentifier: one.id}, nil
}

func (s *store) revoke(ctx context.Context, req *payloads.RevokeRequestPayload) (*payloads.RevokeResponsePayload, error) {
	one, err := s.find(ctx, req.UniqueIdentifier)
	if err != nil {
		return nil, err
	}
	switch code := req.RevocationReason.RevocationReasonCode; {
	case code == kmip.RevocationReasonCodeKeyCompromise || code == kmip.RevocationReasonCodeCACompromise:
		one.compromise()
	case one.state == kmip.StateActive:
		one.state = kmip.StateDeactivated
		one.stamp(kmip.AttributeNameDeactivationDate, now())
	default:
		return nil, wrong(kmip.ResultReasonPermissionDenied, "it is not Active")
	}
	one.stamp(kmip.AttributeNameRevocationReason, req.RevocationReason)
	return &payloads.RevokeResponsePayload{UniqueIdentifier: one.id}, nil
}

func (one *object) compromise() {
	if one.state == kmip.StateDestroyed || one.state == kmip.StateDestroyedCompromised {
		one.state = kmip.StateDestroyedCompromised
		return
	}
	one.state = kmip.StateCompromised
	one.stamp(kmip.AttributeNameCompromiseDate, now())
}

func (s *store) destroy(ctx context.Context, req *payloads.DestroyRequestPayload) (*payloads.DestroyResponsePayload, error) {
	one, err := s.find(ctx, req.UniqueIdentifier)
	if err != nil {
		return nil, err
	}
	if one.content == nil || one.state == kmip.StateActive {
		return nil, wrong(kmip.ResultReasonPermissionDenied, "it is Active, or destroyed already")
	}
	one.content = nil
	if one.state == kmip.StateCompromised {
		one.state = kmip.StateDestroyedCompromised
	} else {
		one.state = kmip.StateDestroyed
	}
	one.stamp(kmip.AttributeNameDestroyDate, now())
	return &payloads.DestroyResponsePayload{UniqueIdentifier: one.id}, nil
}

// reach goes from one state to the next where the date for it has come.
func (one *object) reach(name kmip.AttributeName, from, to kmip.State) {
	date, isGiven := first(one.attributes, name).(time.Time)
	if isGiven && one.state == from && !date.After(time.Now()) {
		one.state = to
	}
}

func now() time.Time {
	return time.Now().Truncate(time.Second)
}
