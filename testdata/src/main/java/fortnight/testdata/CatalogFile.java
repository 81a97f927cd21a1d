package fortnight.testdata;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/** The catalogue as lines of {@code item_id, name, category, season}. */
final class CatalogFile {
  private CatalogFile() {}

  static void write(Catalog catalog, OutputStream bytes) throws IOException {
    JsonGenerator lines = JsonLines.to(bytes);
    for (Iterator<Product> products = catalog.products().iterator(); products.hasNext(); ) {
      Product product = products.next();
      lines.writeStartObject();
      lines.writeNumberField("item_id", product.item());
      lines.writeStringField("name", product.name());
      lines.writeStringField("category", product.category());
      lines.writeStringField(
          "season", product.season() == null ? null : product.season().toString());
      lines.writeEndObject();
    }
    JsonLines.end(lines);
  }
}
