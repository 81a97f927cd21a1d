package fortnight.pipelines.options;

import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
import org.apache.beam.sdk.util.common.ReflectHelpers;

/**
 * The flags of this pipeline, of Beam, and of all runners on the class path, and the options
 * interfaces that have them.
 *
 * <p>Beam registers all these interfaces when it is first used, and validates each of them together
 * with all others, which takes as long as the rest of the start of a run. Here, only the interfaces
 * whose flags are used are registered.
 */
final class BeamFlags {
  private final Map<String, Class<? extends PipelineOptions>> interfaces = new TreeMap<>();

  private BeamFlags() {}

  /** Registers {@link RetailOptions}. */
  static BeamFlags load() {
    initializeBeam();
    BeamFlags flags = new BeamFlags();
    flags.add(RetailOptions.class);
    for (PipelineOptionsRegistrar registrar :
        ReflectHelpers.loadServicesOrdered(PipelineOptionsRegistrar.class)) {
      registrar.getPipelineOptions().forEach(flags::add);
    }
    PipelineOptionsFactory.register(RetailOptions.class);
    return flags;
  }

  Set<String> names() {
    return interfaces.keySet();
  }

  /** Registers the interface of a flag, so that Beam can parse it. */
  void register(String name) {
    PipelineOptionsFactory.register(interfaces.get(name));
  }

  private void add(Class<? extends PipelineOptions> options) {
    for (Method method : options.getMethods()) {
      String name = method.getName();
      if (method.getParameterCount() == 0 && name.startsWith("get")) {
        add(name.substring("get".length()), options);
      } else if (method.getParameterCount() == 0 && name.startsWith("is")) {
        add(name.substring("is".length()), options);
      }
    }
  }

  private void add(String capitalized, Class<? extends PipelineOptions> options) {
    interfaces.putIfAbsent(Introspector.decapitalize(capitalized), options);
  }

  private static void initializeBeam() {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(new WithoutRegistrars(ReflectHelpers.findClassLoader()));
    try {
      PipelineOptionsFactory.getRegisteredOptions();
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  /** Finds everything but the services that Beam would register. */
  private static final class WithoutRegistrars extends ClassLoader {
    private static final String SERVICES =
        "META-INF/services/" + PipelineOptionsRegistrar.class.getName();

    WithoutRegistrars(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICES) ? Collections.emptyEnumeration() : super.getResources(name);
    }
  }
}
