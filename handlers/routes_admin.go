package handlers

import "github.com/labstack/echo/v4"

// adminRoutes are for staff: before anybody has signed in, the desk; after that, the office.
func (s *server) adminRoutes(e *echo.Echo) {
	p := s.admin
	desk := area{e, "/admin", []echo.MiddlewareFunc{p.Sessions.Load}}
	desk.GET("/session", p.SignIn)
	desk.POST("/session", p.StartSession)
	desk.POST("/session/end", p.EndSession)

	office := area{e, "/admin", []echo.MiddlewareFunc{p.Sessions.Load, p.SignedIn}}
	office.GET("", p.Dashboard)
	office.GET("/password", p.Password)
	office.POST("/password", p.ChangePassword)

	office.GET("/rehearsal", p.Rehearsal)
	office.POST("/rehearsal", p.Rehearse)

	s.marketRoutes(office)
	s.goodsRoutes(office)
	s.orderRoutes(office)
	s.staffRoutes(office)
}

// marketRoutes are when and where the shop sells.
func (s *server) marketRoutes(office area) {
	p := s.admin
	office.GET("/markets", p.Markets)
	office.POST("/markets", p.CreateMarket)
	office.GET("/markets/new", p.NewMarket)
	office.GET("/markets/:code", p.Market)
	office.GET("/markets/:code/schedule", p.Schedule)
	office.POST("/markets/:code/schedule", p.Reschedule)
	office.POST("/markets/:code/pauses", p.PauseMarket)
	office.POST("/markets/:code/pauses/end", p.ResumeMarket)

	s.settingsRoutes(office)
	s.launchRoutes(office)
	s.invitationRoutes(office)
}

// settingsRoutes are the rules of a market.
func (s *server) settingsRoutes(office area) {
	p := s.admin
	office.GET("/markets/:code/checklist", p.Checklist)
	office.GET("/markets/:code/settings", p.Settings)
	office.POST("/markets/:code/settings", p.ChangeSettings)
	office.POST("/markets/:code/locations", p.SetLocations)
	office.POST("/markets/:code/regions", p.SetRegions)
	office.POST("/markets/:code/exclusions", p.Exclude)
	office.POST("/markets/:code/exclusions/:exclusion/removal", p.Include)
	office.GET("/markets/:code/seller", p.Seller)
	office.POST("/markets/:code/seller", p.SetSeller)
	office.GET("/markets/:code/listings", p.Range)
	office.POST("/markets/:code/listings", p.SetRange)
	office.GET("/markets/:code/taxes", p.Taxes)
	office.POST("/markets/:code/taxes", p.SetRate)
	office.GET("/markets/:code/taxes/import", p.RateImport)
	office.POST("/markets/:code/taxes/import", p.CheckRates)
	office.POST("/markets/:code/taxes/import/application", p.ImportRates)
	office.GET("/markets/:code/taxes/nexus", p.Nexus)
	office.POST("/markets/:code/taxes/nexus/:region", p.SetNexus)
	office.POST("/markets/:code/taxes/:rate/removal", p.RemoveRate)
	office.POST("/markets/:code/holidays", p.SetHolidays)
	office.GET("/markets/:code/delivery", p.Delivery)
	office.POST("/markets/:code/delivery", p.SetDelivery)
	office.GET("/markets/:code/delivery/:method", p.DeliveryMethod)
	office.POST("/markets/:code/delivery/:method/removal", p.RemoveDelivery)
	office.GET("/markets/:code/pages", p.MarketPages)
	office.GET("/markets/:code/pages/:language/:slug", p.MarketPage)
	office.POST("/markets/:code/pages/:language/:slug", p.WriteMarketPage)
	office.POST("/markets/:code/required-pages", p.RequirePages)
	office.GET("/markets/:code/requirements", p.Requirements)
	office.POST("/markets/:code/requirements/:category", p.RequireApprovals)
}

// invitationRoutes are who may buy in the test, and who waits for a market.
func (s *server) invitationRoutes(office area) {
	p := s.admin
	office.GET("/markets/:code/codes", p.Codes)
	office.POST("/markets/:code/codes", p.MakeCodes)
	office.POST("/markets/:code/codes/invitations", p.Invite)
	office.POST("/markets/:code/codes/revocation", p.RevokeCode)
	office.GET("/markets/:code/codes/:batch", p.Batch)
	office.POST("/markets/:code/codes/:batch/export", p.ExportCodes)
	office.POST("/markets/:code/codes/:batch/revocation", p.RevokeBatch)

	office.GET("/markets/:code/interest", p.Interest)
	office.POST("/markets/:code/interest/export", p.ExportInterest)
	office.POST("/markets/:code/interest/erasure", p.ForgetInterest)
	office.GET("/markets/:code/interest/entries", p.Entries)
	office.POST("/markets/:code/interest/entries/:entry/removal", p.RemoveEntry)

	office.GET("/markets/:code/report", p.Report)
	office.GET("/markets/:code/report.csv", p.ReportFile)

	office.POST("/markets/:code/draws", p.AnnounceDraw)
	office.GET("/markets/:code/draws/:draw", p.Draw)
	office.GET("/markets/:code/draws/:draw/file", p.DrawFile)
	office.POST("/markets/:code/draws/:draw/cancellation", p.CancelDraw)
}

// launchRoutes are what a market tests, and with whose leave.
func (s *server) launchRoutes(office area) {
	p := s.admin
	office.POST("/previews", p.StartPreview)
	office.GET("/launches", p.Launches)
	office.GET("/launches/:code", p.Launch)
	office.POST("/launches/:code/waves", p.AddWave)
	office.GET("/launches/:code/waves/:wave", p.Wave)
	office.POST("/launches/:code/waves/:wave", p.ChangeWave)
	office.POST("/launches/:code/waves/:wave/removal", p.RemoveWave)
	office.POST("/launches/:code/approvals", p.Approve)
	office.GET("/launches/:code/approvals/:approval", p.Approval)
	office.POST("/launches/:code/approvals/:approval/files", p.AttachFile)
	office.GET("/launches/:code/files/:file", p.EvidenceFile)
	office.POST("/launches/:code/approvals/:approval/refusal", p.RefuseApproval)
	office.POST("/launches/:code/approvals/:approval/withdrawal", p.WithdrawApproval)
}

// goodsRoutes are what the shop sells, for how much, and how many of it there are.
func (s *server) goodsRoutes(office area) {
	p := s.admin
	office.GET("/products", p.Products)
	office.GET("/products/:slug", p.Product)
	office.POST("/products/:slug/class", p.Classify)
	office.GET("/products/:slug/texts", p.Texts)
	office.POST("/products/:slug/texts/safety", p.SetSafety)
	office.GET("/products/:slug/texts/:language", p.Text)
	office.POST("/products/:slug/texts/:language", p.Describe)
	office.GET("/products/:slug/listings/:code", p.Listing)
	office.POST("/products/:slug/listings/:code", p.SetListing)
	office.POST("/products/:slug/listings/:code/partners", p.AddPartner)
	office.GET("/products/:slug/listings/:code/partners/:partner", p.Partner)
	office.POST("/products/:slug/listings/:code/partners/:partner", p.ChangePartner)
	office.POST("/products/:slug/listings/:code/partners/:partner/removal", p.RemovePartner)
	office.POST("/products/:slug/listings/:code/prices", p.SetPrice)
	office.POST("/products/:slug/prices/:price/removal", p.TakeBackPrice)

	office.GET("/tax-classes", p.TaxClasses)
	office.POST("/tax-classes", p.SetTaxClass)

	office.GET("/discounts", p.Discounts)
	office.POST("/discounts", p.CreateDiscount)
	office.GET("/discounts/new", p.NewDiscount)
	office.GET("/discounts/:discount", p.Discount)
	office.POST("/discounts/:discount", p.ChangeDiscount)
	office.POST("/discounts/:discount/end", p.EndDiscount)
	office.POST("/discounts/:discount/trial", p.TryDiscount)

	office.GET("/stock", p.Stock)
	office.GET("/stock/locations", p.Locations)
	office.POST("/stock/locations", p.AddLocation)
	office.GET("/stock/locations/:location", p.Location)
	office.POST("/stock/locations/:location", p.RenameLocation)
	office.POST("/stock/locations/:location/counts", p.CountAt)
	office.GET("/stock/:location/:sku", p.Count)
	office.POST("/stock/:location/:sku/counts", p.AddCount)
}

// orderRoutes are what was sold, and the mails about it.
func (s *server) orderRoutes(office area) {
	p := s.admin
	office.GET("/orders", p.Orders)
	office.GET("/orders/new", p.NewOrder)
	office.POST("/orders/new", p.DraftOrder)
	office.GET("/orders/new/:cart", p.OrderDraft)
	office.POST("/orders/new/:cart", p.PlaceDraft)
	office.GET("/orders/:number", p.Order)
	office.GET("/orders/:number/documents/:file", p.Document)
	office.GET("/orders/:number/packing-slips/:file", p.PackingSlip)
	office.POST("/orders/:number/payment", p.PayOrder)
	office.POST("/orders/:number/cancellation", p.CancelOrder)
	office.POST("/orders/:number/packing", p.PackOrder)
	office.POST("/orders/:number/unpacking", p.UnpackOrder)
	office.POST("/orders/:number/shipments", p.ShipOrder)
	office.POST("/orders/:number/shipments/:shipment/delivery", p.DeliverParcel)
	office.GET("/orders/:number/credits/new", p.NewCredit)
	office.POST("/orders/:number/credits", p.Credit)
	office.GET("/orders/:number/address", p.Address)
	office.POST("/orders/:number/address", p.ChangeAddress)
	office.POST("/orders/:number/returns/:return/answer", p.AnswerReturn)
	office.POST("/orders/:number/returns/:return/receipt", p.ReceiveReturn)
	office.POST("/orders/:number/refunds/:refund", p.RefundOrder)

	office.GET("/payments", p.Payments)
	office.POST("/payments/:exception/handling", p.HandlePayment)

	office.GET("/exports", p.Exports)
	office.POST("/exports", p.Export)

	office.GET("/returns", p.Returns)
	office.GET("/withdrawals", p.Withdrawals)
	office.POST("/withdrawals/:withdrawal/handling", p.HandleWithdrawal)

	office.GET("/mails", p.Mails)
	office.GET("/mails/kinds/:kind", p.MailKind)
	office.GET("/mails/kinds/:kind/html", p.MailKindHTML)
	office.GET("/mails/:mail", p.Mail)
	office.GET("/mails/:mail/html", p.MailHTML)
	office.GET("/mails/:mail/attachments/:attachment", p.MailAttachment)
	office.POST("/mails/:mail/sending", p.SendMail)
	office.POST("/jobs/:job/attempt", p.TryJob)
}

// staffRoutes are who works here and what they changed.
func (s *server) staffRoutes(office area) {
	p := s.admin
	office.GET("/staff", p.Staff)
	office.POST("/staff", p.AddStaff)
	office.GET("/staff/:member", p.Member)
	office.POST("/staff/:member/role", p.ChangeRole)
	office.POST("/staff/:member/password", p.ResetPassword)
	office.POST("/staff/:member/sessions/end", p.SignOutMember)
	office.POST("/staff/:member/disabling", p.DisableMember)
	office.POST("/staff/:member/enabling", p.EnableMember)

	office.GET("/trail", p.Trail)
}
