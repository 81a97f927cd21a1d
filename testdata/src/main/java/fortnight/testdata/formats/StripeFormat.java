package fortnight.testdata.formats;

import fortnight.testdata.model.Micros;
import java.util.Map;

/**
 * Stripe's Charge object: one per transaction, without its items. Times are Unix seconds. One
 * transaction in ten follows a charge that failed.
 */
final class StripeFormat implements RecordShape {
  private static final int TRANSACTIONS_PER_FAILURE = 10;

  private static final Template CHARGE =
      new Template(
              """
              {
                "id": "${id}",
                "object": "charge",
                "amount": ${amount},
                "amount_captured": ${amount_captured},
                "amount_refunded": 0,
                "application": null,
                "application_fee": null,
                "application_fee_amount": null,
                "balance_transaction": ${balance_transaction},
                "billing_details": {
                  "address": {
                    "city": "${city}",
                    "country": "${country}",
                    "line1": "${street}",
                    "line2": null,
                    "postal_code": "${postal_code}",
                    "state": "${region}"
                  },
                  "email": "customer${customer}@example.com",
                  "name": "${name}",
                  "phone": null
                },
                "calculated_statement_descriptor": "FORTNIGHT PETS",
                "captured": ${paid},
                "created": ${created},
                "currency": "usd",
                "customer": ${customer},
                "description": "Order \\"${number}\\" \\u2013 Größe M",
                "disputed": false,
                "failure_balance_transaction": null,
                "failure_code": ${failure_code},
                "failure_message": ${failure_message},
                "fraud_details": {},
                "livemode": true,
                "metadata": {
                  "order": "${number}",
                  "store": "${store}"
                },
                "on_behalf_of": null,
                "outcome": {
                  "network_status": "${network_status}",
                  "reason": ${reason},
                  "risk_level": "normal",
                  "risk_score": 32,
                  "seller_message": "${seller_message}",
                  "type": "${outcome}"
                },
                "paid": ${paid},
                "payment_intent": "pi_${code}",
                "payment_method": "pm_${code}",
                "payment_method_details": {
                  "card": {
                    "brand": "visa",
                    "checks": {
                      "address_line1_check": "pass",
                      "address_postal_code_check": "pass",
                      "cvc_check": null
                    },
                    "country": "US",
                    "exp_month": 8,
                    "exp_year": 2031,
                    "fingerprint": "mToisGZ01V71BCos",
                    "funding": "credit",
                    "installments": null,
                    "last4": "4242",
                    "mandate": null,
                    "network": "visa",
                    "three_d_secure": null,
                    "wallet": null
                  },
                  "type": "card"
                },
                "radar_options": {},
                "receipt_email": null,
                "receipt_number": null,
                "receipt_url": "https:\\/\\/pay.example.com\\/receipts\\/${code}",
                "refunded": false,
                "review": null,
                "shipping": null,
                "source_transfer": null,
                "statement_descriptor": null,
                "statement_descriptor_suffix": null,
                "status": "${status}",
                "transfer_data": null,
                "transfer_group": null
              }
              """)
          .with("id", charge -> "ch_" + code("3S", charge))
          .with("amount", Transaction::totalCents)
          .with("amount_captured", Transaction::totalCents)
          .with("balance_transaction", charge -> "\"txn_" + code("3S", charge) + "\"")
          .with("city", charge -> charge.address().city())
          .with("country", charge -> charge.address().countryCode())
          .with("street", charge -> charge.address().street())
          .with("postal_code", charge -> charge.address().postalCode())
          .with("region", charge -> charge.address().regionCode())
          .with("customer", charge -> charge.purchase().customer())
          .with("name", charge -> charge.address().name())
          .with("paid", "true")
          .with("created", StripeFormat::seconds)
          .with("number", Transaction::id)
          .with("store", charge -> charge.purchase().store())
          .with("failure_code", "null")
          .with("failure_message", "null")
          .with("network_status", "approved_by_network")
          .with("reason", "null")
          .with("seller_message", "Payment complete.")
          .with("outcome", "authorized")
          .with("code", charge -> code("3S", charge))
          .with("status", "succeeded");

  private static final Template FAILURE =
      CHARGE
          .with("id", charge -> "ch_" + code("3F", charge))
          .with("amount_captured", "0")
          .with("balance_transaction", "null")
          .with("paid", "false")
          .with("failure_code", "\"card_declined\"")
          .with("failure_message", "\"Your card was declined.\"")
          .with("network_status", "declined_by_network")
          .with("reason", "\"generic_decline\"")
          .with("seller_message", "The bank did not return any further details.")
          .with("outcome", "issuer_declined")
          .with("status", "failed");

  @Override
  public String name() {
    return "stripe";
  }

  @Override
  public Map<Field, String> pointers() {
    return Map.of(Field.ID, "/id", Field.TIME, "/created");
  }

  @Override
  public void writeTransaction(Transaction transaction, RecordBuffer record) {
    CHARGE.write(transaction, record);
  }

  @Override
  public boolean hasOtherBefore(Transaction transaction) {
    return transaction.id() % TRANSACTIONS_PER_FAILURE == 0;
  }

  @Override
  public void writeOtherBefore(Transaction transaction, RecordBuffer record) {
    FAILURE.write(transaction.earlier(20), record);
  }

  private static Long seconds(Transaction charge) {
    return Math.floorDiv(charge.purchase().micros(), Micros.PER_SECOND);
  }

  private static String code(String prefix, Transaction charge) {
    return prefix + Transaction.code(charge.id(), 22);
  }
}
