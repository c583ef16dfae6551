package io.maskwire.tests.page;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/**
 * What a PDF shows, and where; in points, from the upper left corner of its page.
 *
 * @param text in reading order
 * @param pages with what is on each
 */
record PrintedPages(String text, List<Sheet> pages) {

  /**
   * One page.
   *
   * @param size of the paper
   * @param glyphs visible letters
   * @param pictures images
   */
  record Sheet(Rectangle2D size, List<Mark> glyphs, List<Mark> pictures) {}

  /**
   * Something on paper.
   *
   * @param what for messages
   * @param place that it takes
   */
  record Mark(String what, Rectangle2D place) {}

  static PrintedPages read(Path file) throws IOException {
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      PDFTextStripper words = new PDFTextStripper();
      words.setSortByPosition(true);
      List<Sheet> pages = new ArrayList<>();
      for (int page = 1; page <= document.getNumberOfPages(); page++) {
        Marks marks = new Marks(document.getPage(page - 1).getMediaBox());
        marks.setStartPage(page);
        marks.setEndPage(page);
        marks.getText(document);
        pages.add(marks.sheet());
      }
      return new PrintedPages(words.getText(document), pages);
    }
  }

  /** Listens to a page's text and images as they are drawn. */
  private static final class Marks extends PDFTextStripper {
    private final PDRectangle paper;
    private final List<Mark> glyphs = new ArrayList<>();
    private final List<Mark> pictures = new ArrayList<>();

    Marks(PDRectangle paper) throws IOException {
      this.paper = paper;
    }

    Sheet sheet() {
      Rectangle2D size = new Rectangle2D.Float(0, 0, paper.getWidth(), paper.getHeight());
      return new Sheet(size, glyphs, pictures);
    }

    @Override
    protected void processTextPosition(TextPosition text) {
      super.processTextPosition(text);
      if (!text.getUnicode().isBlank()) {
        float top = text.getYDirAdj() - text.getHeightDir();
        glyphs.add(
            new Mark(
                text.getUnicode(),
                new Rectangle2D.Float(
                    text.getXDirAdj(), top, text.getWidthDirAdj(), text.getHeightDir())));
      }
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
      if (operator.getName().equals(OperatorName.DRAW_OBJECT)
          && operands.getFirst() instanceof COSName name
          && getResources().isImageXObject(name)) {
        Matrix matrix = getGraphicsState().getCurrentTransformationMatrix();
        Rectangle2D place =
            matrix.createAffineTransform().createTransformedShape(UNIT).getBounds2D();
        pictures.add(
            new Mark(
                name.getName(),
                new Rectangle2D.Double(
                    place.getX(),
                    paper.getHeight() - place.getMaxY(),
                    place.getWidth(),
                    place.getHeight())));
      }
      super.processOperator(operator, operands);
    }

    private static final Rectangle2D UNIT = new Rectangle2D.Float(0, 0, 1, 1);
  }
}
