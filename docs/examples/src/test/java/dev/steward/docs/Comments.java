package dev.steward.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Looks in source files for public types without a Javadoc comment. Immutable. */
final class Comments {
    private Comments() {}

    /** The names of the public types, nested ones too, that have none; packages called {@code internal} are left out. */
    static List<String> missingIn(Collection<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> missing = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                String home = String.valueOf(unit.getPackageName());
                if (!home.endsWith(".internal")) {
                    new PublicTypes(trees, home, missing).scan(unit, null);
                }
            }
        }
        return missing;
    }

    /** Visits types, and leaves out what is inside one that is not public. */
    private static final class PublicTypes extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final String home;
        private final List<String> missing;

        private PublicTypes(Trees trees, String home, List<String> missing) {
            this.trees = trees;
            this.home = home;
            this.missing = missing;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!isPublic(type)) {
                return null;
            }
            if (trees.getDocComment(getCurrentPath()) == null) {
                missing.add(home + "." + type.getSimpleName());
            }
            return super.visitClass(type, null);
        }

        private boolean isPublic(ClassTree type) {
            TreePath parent = getCurrentPath().getParentPath();
            boolean inInterface = parent.getLeaf() instanceof ClassTree owner
                    && (owner.getKind() == ClassTree.Kind.INTERFACE
                            || owner.getKind() == ClassTree.Kind.ANNOTATION_TYPE);
            return inInterface || type.getModifiers().getFlags().contains(Modifier.PUBLIC);
        }
    }
}
