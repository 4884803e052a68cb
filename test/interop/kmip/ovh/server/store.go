package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/ovh/kmip-go"
	"github.com/ovh/kmip-go/kmipserver"
	"github.com/ovh/kmip-go/payloads"
)

// object is a managed object, with its attributes in the order in which they came.
type object struct {
	id         string
	kind       kmip.ObjectType
	content    kmip.Object
	state      kmip.State
	attributes []kmip.Attribute
}

type store struct {
	lock    sync.Mutex
	objects []*object
}

// lengths are those of the keys that are made here.
var lengths = map[kmip.CryptographicAlgorithm][]int32{
	kmip.CryptographicAlgorithmAES:        {128, 192, 256},
	kmip.CryptographicAlgorithm3DES:       {112, 168},
	kmip.CryptographicAlgorithmHMACSHA256: {128, 256, 512},
}

var operations = []kmip.Operation{
	kmip.OperationQuery, kmip.OperationDiscoverVersions, kmip.OperationCreate, kmip.OperationRegister,
	kmip.OperationGet, kmip.OperationGetAttributes, kmip.OperationGetAttributeList, kmip.OperationLocate,
	kmip.OperationActivate, kmip.OperationRevoke, kmip.OperationDestroy,
}

func executor() *kmipserver.BatchExecutor {
	s := &store{}
	exec := kmipserver.NewBatchExecutor()
	exec.Route(kmip.OperationQuery, kmipserver.HandleFunc(s.query))
	exec.Route(kmip.OperationCreate, locked(s, s.create))
	exec.Route(kmip.OperationRegister, locked(s, s.register))
	exec.Route(kmip.OperationGet, locked(s, s.get))
	exec.Route(kmip.OperationGetAttributes, locked(s, s.getAttributes))
	exec.Route(kmip.OperationGetAttributeList, locked(s, s.getAttributeList))
	exec.Route(kmip.OperationLocate, locked(s, s.locate))
	exec.Route(kmip.OperationActivate, locked(s, s.activate))
	exec.Route(kmip.OperationRevoke, locked(s, s.revoke))
	exec.Route(kmip.OperationDestroy, locked(s, s.destroy))
	return exec
}

// locked does one operation at a time.
func locked[Req, Resp kmip.OperationPayload](s *store, do func(context.Context, Req) (Resp, error)) kmipserver.OperationHandler {
	return kmipserver.HandleFunc(func(ctx context.Context, req Req) (Resp, error) {
		s.lock.Lock()
		defer s.lock.Unlock()
		return do(ctx, req)
	})
}

func wrong(reason kmip.ResultReason, text string) error {
	return kmipserver.Errorf(reason, "%s", text)
}

func (s *store) query(_ context.Context, req *payloads.QueryRequestPayload) (*payloads.QueryResponsePayload, error) {
	if len(req.QueryFunction) == 0 {
		return nil, kmipserver.ErrMissingData
	}
	resp := &payloads.QueryResponsePayload{}
	if slices.Contains(req.QueryFunction, kmip.QueryFunctionOperations) {
		resp.Operations = operations
	}
	if slices.Contains(req.QueryFunction, kmip.QueryFunctionObjects) {
		resp.ObjectType = []kmip.ObjectType{kmip.ObjectTypeSymmetricKey, kmip.ObjectTypeCertificate, kmip.ObjectTypeSecretData}
	}
	if slices.Contains(req.QueryFunction, kmip.QueryFunctionServerInformation) {
		resp.VendorIdentification = "interop"
	}
	return resp, nil
}

// keep stores a new object; its attributes are those of the request.
func (s *store) keep(ctx context.Context, kind kmip.ObjectType, content kmip.Object, given []kmip.Attribute) (*object, error) {
	var id [16]byte
	_, _ = rand.Read(id[:])
	one := &object{id: hex.EncodeToString(id[:]), kind: kind, content: content, state: kmip.StatePreActive}
	one.attributes = append(one.attributes,
		kmip.Attribute{AttributeName: kmip.AttributeNameUniqueIdentifier, AttributeValue: one.id},
		kmip.Attribute{AttributeName: kmip.AttributeNameObjectType, AttributeValue: kind},
		kmip.Attribute{AttributeName: kmip.AttributeNameInitialDate, AttributeValue: time.Now().Truncate(time.Second)})
	for _, attribute := range given {
		if attribute.AttributeName == kmip.AttributeNameName && len(s.having([]kmip.Attribute{attribute})) > 0 {
			return nil, wrong(kmip.ResultReasonInvalidField, "the name is taken")
		}
		one.attributes = append(one.attributes, attribute)
	}
	one.reach(kmip.AttributeNameActivationDate, kmip.StatePreActive, kmip.StateActive)
	one.reach(kmip.AttributeNameDeactivationDate, kmip.StateActive, kmip.StateDeactivated)
	s.objects = append(s.objects, one)
	kmipserver.SetIdPlaceholder(ctx, one.id)
	return one, nil
}

func (s *store) create(ctx context.Context, req *payloads.CreateRequestPayload) (*payloads.CreateResponsePayload, error) {
	given := req.TemplateAttribute.Attribute
	length, _ := first(given, kmip.AttributeNameCryptographicLength).(int32)
	algorithm, isKnown := first(given, kmip.AttributeNameCryptographicAlgorithm).(kmip.CryptographicAlgorithm)
	if req.ObjectType != kmip.ObjectTypeSymmetricKey || !isKnown || !slices.Contains(lengths[algorithm], length) {
		return nil, wrong(kmip.ResultReasonInvalidField, "no such key is made here")
	}
	material := make([]byte, length/8)
	_, _ = rand.Read(material)
	key := &kmip.SymmetricKey{KeyBlock: kmip.KeyBlock{
		KeyFormatType:          kmip.KeyFormatTypeRaw,
		KeyValue:               &kmip.KeyValue{Plain: &kmip.PlainKeyValue{KeyMaterial: kmip.KeyMaterial{Bytes: &material}}},
		CryptographicAlgorithm: algorithm,
		CryptographicLength:    length,
	}}
	one, err := s.keep(ctx, req.ObjectType, key, given)
	if err != nil {
		return nil, err
	}
	return &payloads.CreateResponsePayload{ObjectType: one.kind, UniqueIdentifier: one.id}, nil
}

func (s *store) register(ctx context.Context, req *payloads.RegisterRequestPayload) (*payloads.RegisterResponsePayload, error) {
	one, err := s.keep(ctx, req.ObjectType, req.Object, req.TemplateAttribute.Attribute)
	if err != nil {
		return nil, err
	}
	return &payloads.RegisterResponsePayload{UniqueIdentifier: one.id}, nil
}

func (s *store) find(ctx context.Context, id string) (*object, error) {
	id, err := kmipserver.GetIdOrPlaceholder(ctx, id)
	if err != nil {
		return nil, wrong(kmip.ResultReasonInvalidField, err.Error())
	}
	for _, one := range s.objects {
		if one.id == id {
			one.reach(kmip.AttributeNameActivationDate, kmip.StatePreActive, kmip.StateActive)
			one.reach(kmip.AttributeNameDeactivationDate, kmip.StateActive, kmip.StateDeactivated)
			return one, nil
		}
	}
	return nil, kmipserver.ErrItemNotFound
}

func (s *store) get(ctx context.Context, req *payloads.GetRequestPayload) (*payloads.GetResponsePayload, error) {
	one, err := s.find(ctx, req.UniqueIdentifier)
	if err != nil {
		return nil, err
	}
	if one.content == nil {
		return nil, kmipserver.ErrItemNotFound
	}
	if req.KeyWrappingSpecification != nil || req.KeyFormatType > kmip.KeyFormatTypeRaw {
		return nil, kmipserver.ErrFeatureNotSupported
	}
	return &payloads.GetResponsePayload{ObjectType: one.kind, UniqueIdentifier: one.id, Object: one.content}, nil
}

func (s *store) getAttributes(ctx context.Context, req *payloads.GetAttributesRequestPayload) (*payloads.GetAttributesResponsePayload, error) {
	one, err := s.find(ctx, req.UniqueIdentifier)
	if err != nil {
		return nil, err
	}
	resp := &payloads.GetAttributesResponsePayload{UniqueIdentifier: one.id}
	for _, attribute := range one.all() {
		if len(req.AttributeName) == 0 || slices.Contains(req.AttributeName, attribute.AttributeName) {
			resp.Attribute = append(resp.Attribute, attribute)
		}
	}
	return resp, nil
}

func (s *store) getAttributeList(ctx context.Context, req *payloads.GetAttributeListRequestPayload) (*payloads.GetAttributeListResponsePayload, error) {
	one, err := s.find(ctx, req.UniqueIdentifier)
	if err != nil {
		return nil, err
	}
	resp := &payloads.GetAttributeListResponsePayload{UniqueIdentifier: one.id}
	for _, attribute := range one.all() {
		if !slices.Contains(resp.AttributeName, attribute.AttributeName) {
			resp.AttributeName = append(resp.AttributeName, attribute.AttributeName)
		}
	}
	return resp, nil
}

func (s *store) locate(ctx context.Context, req *payloads.LocateRequestPayload) (*payloads.LocateResponsePayload, error) {
	found := s.having(req.Attribute)
	if len(found) == 1 {
		kmipserver.SetIdPlaceholder(ctx, found[0])
	} else {
		kmipserver.ClearIdPlaceholder(ctx)
	}
	found = found[min(max(0, int(req.OffsetItems)), len(found)):]
	if most := int(req.MaximumItems); most > 0 && most < len(found) {
		found = found[:most]
	}
	return &payloads.LocateResponsePayload{UniqueIdentifier: found}, nil
}

// having names the objects, destroyed ones left out, that have all these attributes.
func (s *store) having(wanted []kmip.Attribute) (found []string) {
	for _, one := range s.objects {
		has := func(attribute kmip.Attribute) bool {
			return slices.ContainsFunc(one.all(), func(own kmip.Attribute) bool {
				return own.AttributeName == attribute.AttributeName && reflect.DeepEqual(own.AttributeValue, attribute.AttributeValue)
			})
		}
		lacks := func(attribute kmip.Attribute) bool { return !has(attribute) }
		if one.content != nil && !slices.ContainsFunc(wanted, lacks) {
			found = append(found, one.id)
		}
	}
	return found
}

func (one *object) all() []kmip.Attribute {
	return append(slices.Clone(one.attributes), kmip.Attribute{AttributeName: kmip.AttributeNameState, AttributeValue: one.state})
}

func first(attributes []kmip.Attribute, name kmip.AttributeName) any {
	for _, attribute := range attributes {
		if attribute.AttributeName == name {
			return attribute.AttributeValue
		}
	}
	return nil
}

func (one *object) stamp(name kmip.AttributeName, value any) {
	one.attributes = append(one.attributes, kmip.Attribute{AttributeName: name, AttributeValue: value})
}
