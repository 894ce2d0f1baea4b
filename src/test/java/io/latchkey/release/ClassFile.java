package io.latchkey.release;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a compiled class says of itself and of others. Names are internal, such as {@code java/lang/Object}.
 *
 * @param supertypes superclass and interfaces
 * @param members names with descriptors, of fields and methods
 * @param classes all classes it names
 * @param used members of other classes
 */
record ClassFile(String name, List<String> supertypes, Set<String> members, Set<String> classes, List<Member> used) {

    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    /** @param signature name and descriptor */
    record Member(String owner, String signature) {}

    /** Reads a class that others refer to: supertypes and members only. */
    static ClassFile ofApi(byte[] bytes) {
        return of(new ClassReader(bytes));
    }

    /** Reads a class with all that it refers to. */
    static ClassFile of(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassFile file = of(reader);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            int tag = at == 0 ? 0 : reader.readByte(at - 1);
            if (tag == CLASS) {
                file.addClass(reader.readUTF8(at, buffer));
            } else if (tag == FIELD || tag == METHOD || tag == INTERFACE_METHOD) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
                String owner = reader.readClass(at, buffer);
                String descriptor = reader.readUTF8(nameAndType + 2, buffer);
                addTypes(file, descriptor);
                if (!owner.startsWith("[")) {
                    file.used.add(new Member(owner, reader.readUTF8(nameAndType, buffer) + descriptor));
                }
            }
        }
        return file;
    }

    private static ClassFile of(ClassReader reader) {
        List<String> supertypes = new ArrayList<>(List.of(reader.getInterfaces()));
        if (reader.getSuperName() != null) {
            supertypes.add(reader.getSuperName());
        }
        ClassFile file = new ClassFile(
                reader.getClassName(), supertypes, new HashSet<>(), new HashSet<>(supertypes), new ArrayList<>());
        reader.accept(new MemberCollector(file), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return file;
    }

    private void addClass(String name) {
        if (name.startsWith("[")) {
            addTypes(this, name);
        } else {
            classes.add(name);
        }
    }

    private static void addTypes(ClassFile file, String descriptor) {
        Type type = Type.getType(descriptor);
        if (type.getSort() == Type.METHOD) {
            for (Type argument : type.getArgumentTypes()) {
                addType(file, argument);
            }
            addType(file, type.getReturnType());
        } else {
            addType(file, type);
        }
    }

    private static void addType(ClassFile file, Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT) {
            file.classes.add(element.getInternalName());
        }
    }

    private static final class MemberCollector extends ClassVisitor {

        private final ClassFile file;

        MemberCollector(ClassFile file) {
            super(Opcodes.ASM9);
            this.file = file;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            file.members.add(name + descriptor);
            addTypes(file, descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            file.members.add(name + descriptor);
            addTypes(file, descriptor);
            return null;
        }
    }
}
