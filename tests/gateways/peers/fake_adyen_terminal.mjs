// A terminal behind Adyen's cloud as the nexo protocol describes it: it remembers what it was asked
// to do by the name of each message, and does it each time that it is asked.
const failure = (ErrorCondition, more = {}) => ({
  Response: { Result: 'Failure', ErrorCondition },
  ...more,
});

export class Provider {
  messages = new Map();
  webhooks = [];
  charges = 0;
  reversals = 0;
  aborted = 0;

  // Why a body does not fit: the whole message, not only the part that the description's paths name.
  misfits(spec, body) {
    const pointer = '#/components/schemas/SaleToPOIRequest';
    const message = body?.SaleToPOIRequest;
    return [...spec.misfits({ pointer }, message), ...spec.unknown([{ $ref: pointer }], message)];
  }

  invalid(message) {
    return { status: 422, body: { status: 422, errorCode: '702', message } };
  }

  handle(method, path, headers, body, wish) {
    if (headers['x-api-key'] !== 'terminal-key') return { status: 401, body: { errorCode: '000' } };
    const message = body.SaleToPOIRequest;
    const header = message.MessageHeader;
    const category = header.MessageCategory;
    const request = message[`${category}Request`];
    const answer = {
      Payment: () => this.pay(header, request, wish),
      TransactionStatus: () => this.find(request.MessageReference.ServiceID),
      Reversal: () => this.reverse(request, wish),
      Abort: () => {
        this.aborted += 1;
        return {};
      },
    }[category]();
    return {
      status: 200,
      body: {
        SaleToPOIResponse: {
          MessageHeader: { ...header, MessageType: 'Response', ...wish?.header },
          [`${category}Response`]: answer,
        },
      },
    };
  }

  pay(header, request, wish) {
    if (wish?.refuse) return this.keep(header, failure(wish.refuse, { POIData: {} }));
    if (wish?.in_progress) {
      this.messages.set(header.ServiceID, 'in progress');
      return failure('Busy');
    }
    this.charges += 1;
    const { Currency, RequestedAmount } = request.PaymentTransaction.AmountsReq;
    return this.keep(header, {
      Response: { Result: 'Success' },
      SaleData: request.SaleData,
      POIData: {
        POITransactionID: {
          TransactionID: `tx${this.charges}.PSP`,
          TimeStamp: '2026-11-22T10:00:05.000Z',
        },
      },
      PaymentResult: {
        PaymentInstrumentData: {
          PaymentInstrumentType: 'Card',
          CardData: { PaymentBrand: 'mc', MaskedPan: '541333 **** 9999' },
        },
        AmountsResp: { Currency, AuthorizedAmount: wish?.partly ?? RequestedAmount },
      },
    });
  }

  keep(header, PaymentResponse) {
    this.messages.set(header.ServiceID, {
      MessageHeader: header,
      RepeatedResponseMessageBody: { PaymentResponse },
    });
    return PaymentResponse;
  }

  find(service) {
    const known = this.messages.get(service);
    if (!known) return failure('NotFound');
    if (known === 'in progress') return failure('InProgress');
    return { Response: { Result: 'Success' }, RepeatedMessageResponse: known };
  }

  reverse(request, wish) {
    if (wish?.refuse) return failure(wish.refuse);
    const { TransactionID, TimeStamp } = request.OriginalPOITransaction.POITransactionID;
    const known = [...this.messages.values()].some(
      (one) =>
        one.RepeatedResponseMessageBody?.PaymentResponse.POIData.POITransactionID?.TransactionID ===
        TransactionID,
    );
    if (!known || !TimeStamp) return failure('NotFound');
    this.reversals += 1;
    return { Response: { Result: 'Success' } };
  }

  act() {}

  state() {
    return { charges: this.charges, reversals: this.reversals, aborted: this.aborted };
  }
}
