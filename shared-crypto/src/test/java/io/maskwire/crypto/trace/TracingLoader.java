package io.maskwire.crypto.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Predicate;

/**
 * Loads this module's classes anew, with calls of {@link Trace} at every place that a branch leads
 * to, before every access to an array (also through a {@code VarHandle}) and before every division.
 * Code of the JDK is not traced.
 */
final class TracingLoader extends ClassLoader {
  private static final String TRACED = "io.maskwire.crypto.";
  private static final ClassDesc TRACE = ClassDesc.of(Trace.class.getName());
  private static final MethodTypeDesc REACHED =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final MethodTypeDesc USED =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final MethodTypeDesc DIVIDES =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_long,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int);

  private final ClassFile classFile =
      ClassFile.of(
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(TracingLoader.class.getClassLoader())));

  private final Predicate<String> traced;

  /** Traces the classes of this module whose names {@code traced} accepts. */
  TracingLoader(Predicate<String> traced) {
    super(TracingLoader.class.getClassLoader());
    this.traced = traced;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(TRACED) || name.startsWith(Trace.class.getName())) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] loaded = traced.test(name) ? instrumented(name, bytes) : bytes;
      return defineClass(name, loaded, 0, loaded.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] instrumented(String name, byte[] bytes) {
    String type = name.substring(name.lastIndexOf('.') + 1);
    return classFile.transformClass(
        classFile.parse(bytes),
        (builder, element) -> {
          if (element instanceof MethodModel method) {
            String place = type + "." + method.methodName().stringValue();
            builder.transformMethod(
                method, MethodTransform.transformingCode(new Instrumentation(place)));
          } else {
            builder.with(element);
          }
        });
  }

  /** Adds the calls to one method. */
  private static final class Instrumentation implements CodeTransform {
    private final String method;
    private int line;

    Instrumentation(String method) {
      this.method = method;
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (element instanceof LineNumber number) {
        line = number.line();
      }
      if (element instanceof Instruction instruction) {
        before(code, instruction);
      }
      code.with(element);
      if (element instanceof LabelTarget
          || (element instanceof BranchInstruction branch && isConditional(branch))) {
        code.loadConstant(site("branch")).invokestatic(TRACE, "reached", REACHED);
      }
    }

    private static boolean isConditional(BranchInstruction branch) {
      return branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W;
    }

    private int site(String what) {
      return Trace.site("%s in %s, line %d".formatted(what, method, line));
    }

    private void before(CodeBuilder code, Instruction instruction) {
      switch (instruction) {
        case ArrayLoadInstruction _ -> index(code);
        case ArrayStoreInstruction store -> {
          int value = save(code, store.typeKind());
          index(code);
          code.loadLocal(store.typeKind().asLoadable(), value);
        }
        case InvokeInstruction invoke when isByteView(invoke) -> {
          boolean sets = invoke.typeSymbol().parameterCount() == 3;
          int value = sets ? save(code, TypeKind.LONG) : 0;
          index(code);
          if (sets) {
            code.lload(value);
          }
        }
        case OperatorInstruction operator when isDivision(operator.opcode()) ->
            operands(code, operator.typeKind());
        default -> {
          // nothing that time or memory access could depend on
        }
      }
    }

    private static boolean isByteView(InvokeInstruction invoke) {
      return invoke.owner().asInternalName().equals("java/lang/invoke/VarHandle");
    }

    private static boolean isDivision(Opcode opcode) {
      return switch (opcode) {
        case IDIV, IREM, LDIV, LREM -> true;
        default -> false;
      };
    }

    private static int save(CodeBuilder code, TypeKind kind) {
      int local = code.allocateLocal(kind.asLoadable());
      code.storeLocal(kind.asLoadable(), local);
      return local;
    }

    /** With the index on top of the stack. */
    private void index(CodeBuilder code) {
      code.dup().loadConstant(site("index")).invokestatic(TRACE, "used", USED);
    }

    private void operands(CodeBuilder code, TypeKind kind) {
      int divisor = save(code, kind);
      int dividend = save(code, kind);
      for (int operand : new int[] {dividend, divisor}) {
        code.loadLocal(kind, operand);
        if (kind == TypeKind.INT) {
          code.i2l();
        }
      }
      code.loadConstant(site("division")).invokestatic(TRACE, "divides", DIVIDES);
      code.loadLocal(kind, dividend).loadLocal(kind, divisor);
    }
  }
}
