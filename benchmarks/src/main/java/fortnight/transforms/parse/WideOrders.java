package fortnight.transforms.parse;

/** Orders of about 3.4 kB, of which a format needs a twentieth. */
final class WideOrders {
  private WideOrders() {}

  /** Returns an order in the shape of Shopify's, with two line items. */
  static String order(int number) {
    String address =
        ("{\"first_name\":\"Ada\",\"last_name\":\"Meyer %d\",\"address1\":\"%d Mill Lane\","
                + "\"address2\":null,\"phone\":\"+49 30 5550%03d\",\"city\":\"Berlin\",\"zip\":\"10%03d\","
                + "\"province\":\"Berlin\",\"country\":\"Germany\",\"company\":null,"
                + "\"latitude\":52.5%03d,\"longitude\":13.4%03d,\"country_code\":\"DE\"}")
            .formatted(
                number, number % 90, number % 1000, number % 1000, number % 1000, number % 1000);
    return ("{\"id\":%d,\"admin_graphql_api_id\":\"gid://shopify/Order/%d\",\"app_id\":1966818,"
            + "\"browser_ip\":\"10.0.%d.%d\",\"buyer_accepts_marketing\":false,\"cancel_reason\":null,"
            + "\"cancelled_at\":null,\"cart_token\":\"68778783ad298f1c80c3bafcddeea%d\","
            + "\"client_details\":{\"accept_language\":\"de-DE,de;q=0.9\",\"browser_height\":null,"
            + "\"session_hash\":null,\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64)\"},"
            + "\"closed_at\":null,\"confirmed\":true,\"contact_email\":\"ada%d@example.com\","
            + "\"created_at\":\"2022-01-0%dT%02d:%02d:40-05:00\",\"currency\":\"EUR\","
            + "\"current_subtotal_price\":\"%d.65\",\"current_total_discounts\":\"0.00\","
            + "\"current_total_price\":\"%d.65\",\"current_total_tax\":\"31.78\","
            + "\"customer\":{\"id\":%d,\"email\":\"ada%d@example.com\",\"accepts_marketing\":false,"
            + "\"created_at\":\"2021-05-05T12:00:00-05:00\",\"state\":\"disabled\",\"note\":null,"
            + "\"verified_email\":true,\"tags\":\"regular\",\"default_address\":%s},"
            + "\"discount_codes\":[],\"financial_status\":\"paid\",\"fulfillment_status\":null,"
            + "\"landing_site\":\"/collections/toys?page=2\",\"name\":\"#%d\",\"note\":null,"
            + "\"note_attributes\":[],\"number\":%d,\"order_number\":%d,\"payment_gateway_names\":"
            + "[\"visa\",\"bogus\"],\"phone\":null,\"presentment_currency\":\"EUR\","
            + "\"source_name\":\"web\",\"subtotal_price\":\"%d.65\",\"tags\":\"\","
            + "\"tax_lines\":[{\"price\":\"31.78\",\"rate\":0.19,\"title\":\"VAT\"}],"
            + "\"taxes_included\":true,\"test\":false,\"total_weight\":%d,"
            + "\"billing_address\":%s,\"fulfillments\":[],\"line_items\":[%s,%s],\"refunds\":[],"
            + "\"shipping_address\":%s,\"shipping_lines\":[{\"id\":%d,\"code\":\"Free\","
            + "\"price\":\"0.00\",\"source\":\"shopify\",\"title\":\"Free Shipping\",\"tax_lines\":[]}]}")
        .formatted(
            450_789_469L + number,
            450_789_469L + number,
            number % 250,
            number % 240,
            100 + number % 900,
            number,
            3 + number % 7,
            number % 24,
            number % 60,
            number % 400,
            number % 400,
            207_119_551L + number % 70_000,
            number % 70_000,
            address,
            1001 + number,
            number,
            1001 + number,
            number % 400,
            number % 2_000,
            address,
            lineItem(number, 1),
            lineItem(number, 2),
            address,
            number);
  }

  private static String lineItem(int number, int index) {
    return ("{\"id\":%d,\"fulfillable_quantity\":1,\"fulfillment_service\":\"manual\",\"grams\":567,"
            + "\"name\":\"Dog Leash - %d\",\"price\":\"19.99\",\"price_set\":{\"shop_money\":"
            + "{\"amount\":\"19.99\",\"currency_code\":\"EUR\"}},\"product_exists\":true,"
            + "\"product_id\":%d,\"properties\":[],\"quantity\":%d,\"requires_shipping\":true,"
            + "\"sku\":\"SKU-%d\",\"taxable\":true,\"title\":\"Dog Leash\",\"variant_id\":%d,"
            + "\"vendor\":\"Paws \\u0026 Co\",\"tax_lines\":[{\"price\":\"3.19\",\"rate\":0.19}]}")
        .formatted(
            466_157_049L + 2L * number + index,
            number % 100,
            (number + 17 * index) % 100,
            1 + number % 3,
            number % 100,
            39_072_856L + number % 100);
  }
}
