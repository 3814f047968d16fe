import type { Scenario } from './scenario.ts';

/** What people ask the office: orders, deliveries, bills, fleets, everything but the workshop. */
export const officeScenarios: Scenario[] = [
  {
    subjects: ['Where is my order {order}?', 'Delivery of {order} is late'],
    opening:
      'My {bike} was promised for {day} and nobody came. The tracking page has said "in depot" for five days now. Could you find out where it is?',
    priority: 'high',
    agents: [3],
    replies: [
      [
        'agent',
        'Hi {first}, I have just called the depot: the pallet lost its label and stood in a corner. It has a new one and a new slot on {day}, between ten and two. The driver will call you half an hour before.',
      ],
      ['customer', 'Thank you. Somebody will be at home.'],
      ['agent', 'I see that it was delivered and signed for. Did everything arrive in one piece?'],
      ['customer', 'In one piece and already ridden. My son does not want to walk any more.'],
    ],
  },
  {
    subjects: ['Wrong colour delivered', 'Ordered {colour}, received another colour'],
    opening:
      'I ordered the {bike} in {colour} and received a grey one. The papers inside say {colour}, so somebody must have mixed up two boxes. Order {order}.',
    priority: 'normal',
    agents: [3],
    replies: [
      [
        'agent',
        'Oh no, {first}, I am sorry. I have found the family that has yours. May we swap the two on {day}? You need to do nothing but be there, and we will add the rain canopy for the trouble.',
      ],
      ['customer', 'That is kind. {day} works, after four.'],
      ['agent', 'Perfect. The driver has both addresses and a note that says "after four".'],
      ['customer', 'Swapped! The {colour} looks even better than on the website.'],
    ],
  },
  {
    subjects: ['Copy of the invoice for {order}', 'Invoice needed for my tax return'],
    opening:
      'For my tax return I need the invoice of order {order} again, made out to my company and with its VAT number. Is that possible after the fact?',
    priority: 'low',
    agents: [5],
    replies: [
      [
        'agent',
        'Hi {first}, it is: please send me the exact name of the company, its address and the VAT number, and you will have it the same day.',
      ],
      [
        'customer',
        'Brightwater Studio Ltd, the address is the same as the delivery address. VAT number to follow in a minute.',
      ],
      ['agent', 'The corrected invoice is in your mailbox, and the old one is cancelled in our books.'],
    ],
  },
  {
    subjects: ['Charged twice for {order}', 'Two payments taken for one bike'],
    opening:
      'My bank shows two payments of {amount} € for order {order}, one minute apart. I pressed the button once. Please return one of them quickly, it has emptied my account.',
    priority: 'urgent',
    agents: [5],
    replies: [
      [
        'agent',
        '{first}, I can see both, and the second has no order behind it. I have released it just now. Banks take one to three working days to show it. If it causes a fee on your side, send it to me and we pay it.',
      ],
      ['customer', 'Thank you for being so quick. I will watch the account.'],
      ['customer', 'The money is back, no fee.'],
    ],
  },
  {
    subjects: ['Instalment plan: change of bank account', 'New bank account for my instalments'],
    opening:
      'I am changing banks at the end of the month and pay for my {bike} in instalments. What do you need from me so that nothing bounces?',
    priority: 'normal',
    agents: [5],
    replies: [
      [
        'agent',
        'Hi {first}, thank you for thinking of it. Please sign in on our site and open Payments: there you can give the new account and the day from which it counts. I must not take it by e-mail.',
      ],
      ['customer', 'Done. It shows the new account from the first of next month.'],
      ['agent', 'I see it here as well. The old account is used for the last time this month.'],
    ],
  },
  {
    subjects: ['Cancel order {order}', 'I would like to withdraw from {order}'],
    opening:
      'Our new flat has no space for a {bike} after all, so I have to cancel order {order} with a heavy heart. It has not been sent yet, as far as I can see.',
    priority: 'normal',
    agents: [3, 5],
    replies: [
      [
        'agent',
        'Hi {first}, I am sorry that it does not fit, and it is no problem at all. The order is cancelled and {amount} € are on their way back. Should you ever find a place for a Lark Mini: it fits under a stairway.',
      ],
      ['customer', 'That was painless. I have measured the stairway already …'],
    ],
  },
  {
    subjects: ['Change of delivery address for {order}', 'We are moving before the delivery'],
    opening:
      'We are moving to {city} two weeks before the delivery of order {order}. Can it go to the new address, and does that change the date?',
    priority: 'normal',
    agents: [3],
    replies: [
      [
        'agent',
        'Hi {first}, of course. Please send me the new address and tell me whether a lorry can stop in front of the house. The date stays as long as I know by the end of the week.',
      ],
      ['customer', 'Mühlgasse 14, ground floor. A lorry can stop, but only in the morning.'],
      ['agent', 'Noted, with "mornings only" for the driver. Have a good move!'],
    ],
  },
  {
    subjects: ['Offer for a fleet of {count} bikes', '{count} bikes for our nursery group'],
    opening:
      'We run nurseries in {city} and would like to replace our vans with {count} of your {bike}. We need an offer with servicing for three years, and a bike to try for a week. Whom do I speak to?',
    priority: 'high',
    agents: [6],
    replies: [
      [
        'agent',
        'Hello {first}, you have found him. I can bring a {bike} on {day} and leave it with you for a week. The offer for {count} bikes with servicing follows tomorrow; tell me whether you lease or buy, then I can do both sums.',
      ],
      ['customer', 'We would like to lease, over 36 months. {day} suits us well.'],
      [
        'agent',
        'The leasing offer is in your mailbox. The servicing is done at your place, every three months, and a replacement bike is included.',
      ],
      ['customer', 'The children love it, and so does our accountant. We will sign next week.'],
    ],
  },
  {
    subjects: ['Fleet: bike {serial} out of service', 'Replacement for fleet bike {serial}'],
    opening:
      'One of our fleet bikes, {serial}, had a small accident with a bollard: front wheel bent, nobody hurt. According to the contract we get a replacement within two working days.',
    priority: 'high',
    agents: [6, 2],
    replies: [
      [
        'agent',
        'Hello {first}, good that it was only the bollard. A replacement arrives on {day} and takes the bent one along. Please send a photo of the wheel for the insurance.',
      ],
      ['customer', 'Photo attached. The bollard looks worse than the wheel.'],
      ['agent', 'The replacement has been handed over, and the insurance has everything it needs.'],
    ],
  },
  {
    subjects: ['Who can see our fleet account?', 'Remove a colleague from the fleet account'],
    opening:
      'A colleague has left us and should no longer be able to see our fleet account and its invoices. Could you remove her access today, please?',
    priority: 'high',
    agents: [6, 1],
    replies: [
      [
        'agent',
        'Hello {first}, her access is closed as of now, and her sessions are ended. For the record I need a confirmation from the second contact in your contract. You can do this yourself in future, under Team.',
      ],
      ['customer', 'Our second contact has just confirmed by mail. Thank you for the quick help.'],
    ],
  },
  {
    subjects: ['Key of the battery lock lost', 'I lost both keys of my {bike}'],
    opening:
      'I have managed to lose both keys of the battery lock. The bike is in the cellar with an empty battery in it. The number on my purchase papers is {serial}.',
    priority: 'normal',
    agents: [3],
    replies: [
      [
        'agent',
        'Hi {first}, it happens to more people than you think. With {serial} the locksmith can cut new ones: they are with you in four working days, 18 € for two. May I send the bill along?',
      ],
      ['customer', 'Yes please. One of them will live with my neighbour from now on.'],
      ['agent', 'A wise place. They were sent today, tracking number {tracking}.'],
    ],
  },
  {
    subjects: ['Bike stolen in {city}', 'My {bike} was stolen last night'],
    opening:
      'My {bike} was stolen from the courtyard last night, lock and all. I have been to the police. Can you locate it? Serial number {serial}.',
    priority: 'urgent',
    agents: [1, 6],
    replies: [
      [
        'agent',
        '{first}, I am very sorry. I have set {serial} to stolen: the motor will not run and every workshop sees a warning. We may hand its position to the police only, so please send me the file number.',
      ],
      ['customer', 'The file number is in the attachment. They were surprised that you can do this.'],
      [
        'agent',
        'The officer has the position and is on the way. I am keeping this ticket open and will not go home before I know.',
      ],
      ['customer', 'They have found it in a garage, with only the bell missing. I cannot thank you enough!'],
    ],
  },
  {
    subjects: ['Test ride in {city}', 'Can I try the {bike} with my children?'],
    opening:
      'We are thinking of a {bike} and would like to try it with both children, four and six. Is there a place in {city} where that is possible at the weekend?',
    priority: 'low',
    agents: [3, 6],
    replies: [
      [
        'agent',
        'Hi {first}, our partner in {city} has one, and Saturday at eleven is free. Bring their helmets, and half an hour more than you plan: nobody has ever come back in time.',
      ],
      ['customer', 'Saturday at eleven it is!'],
      ['agent', 'Booked. How was it?'],
      ['customer', 'We were an hour late. We will take the {colour} one.'],
    ],
  },
  {
    subjects: ['Papers for the insurance', 'Certificate with frame number needed'],
    opening:
      'My insurance wants a paper that shows the frame number, the price and the date of purchase of my {bike}. The invoice has no frame number on it. Order {order}.',
    priority: 'low',
    agents: [5],
    replies: [
      [
        'agent',
        'Hi {first}, we have a form for that, and it is attached: frame number {serial}, signed and stamped.',
      ],
      ['customer', 'Accepted without a question. Thanks!'],
    ],
  },
  {
    subjects: ['Warranty after buying second-hand', 'Does the warranty come with a used {bike}?'],
    opening:
      'I am about to buy a used {bike}, two years old, from a neighbour. Does the warranty on frame and battery move to me, and what do I have to do for it?',
    priority: 'low',
    agents: [1, 5],
    replies: [
      [
        'agent',
        'Hi {first}, it does: five years on the frame and two on the battery, from the first purchase. The old owner starts the move in the app under My bike, and you confirm it with the serial number.',
      ],
      ['customer', 'We did it together over coffee, it took two minutes.'],
    ],
  },
  {
    subjects: ['Password reset mail never arrives', 'Cannot sign in to my account'],
    opening:
      'I have asked for a new password three times and no mail arrives, not in the spam folder either. I need to see my invoice before the end of the week.',
    priority: 'normal',
    agents: [1],
    replies: [
      [
        'agent',
        'Hi {first}, your account is written with a dot that your address today does not have, and your provider rejects it. I have sent a letter with a code to your postal address; with it you can set the new address yourself.',
      ],
      ['customer', 'The code has arrived and I am in. Thank you for not just changing it on the phone.'],
    ],
  },
  {
    subjects: ['Please delete my data', 'Request under the GDPR'],
    opening:
      'I sold my {bike} last year and would like you to delete what you know about me, including the rides in the app. Please confirm when it is done.',
    priority: 'normal',
    agents: [1],
    replies: [
      [
        'agent',
        'Hello {first}, gladly. The rides and the account go today. The invoice has to stay with us for ten years by law; it is locked and nobody uses it for anything else. Is that all right for you?',
      ],
      ['customer', 'Yes, that is fine. Please go ahead.'],
      [
        'agent',
        'Everything but the invoice is gone, in the backups after thirty days. All the best, {first}.',
      ],
    ],
  },
  {
    subjects: ['Spare part: {part} for the {bike}', 'Where do I get a new {part}?'],
    opening:
      'I need a new {part} for my {bike}, and the shop here wants to order it from abroad with three weeks of waiting. Do you have it in stock?',
    priority: 'low',
    agents: [3, 2],
    replies: [
      [
        'agent',
        'Hi {first}, the {part} is on the shelf behind me. Order it in the shop with the code SHELF and there is no charge for sending it.',
      ],
      ['customer', 'Ordered, and it came the next day.'],
    ],
  },
  {
    subjects: ['Subsidy form of the city of {city}', 'Your signature for the cargo bike grant'],
    opening:
      'The city of {city} pays a part of a cargo bike if the maker signs their form before {day}. It is attached. Could you sign page two, please? It is quite a lot of money for us.',
    priority: 'high',
    agents: [5, 6],
    replies: [
      [
        'agent',
        'Hello {first}, signed, stamped and attached. They also like to see the data sheet, so I have added that.',
      ],
      ['customer', 'Handed in with a day to spare. Fingers crossed!'],
      ['customer', 'They said yes! You will receive our order this week.'],
    ],
  },
  {
    subjects: ['Feedback on the new website', 'The shop does not work with my keyboard'],
    opening:
      'I use the web with the keyboard only. In your new shop I cannot reach the colour of the {bike}: the focus jumps from the size to the footer. I would like to order, but I cannot.',
    priority: 'high',
    agents: [1],
    replies: [
      [
        'agent',
        'Hello {first}, that is a real fault of ours, and I have passed it on with your description, which was better than most of our own. May I take your order by phone meanwhile?',
      ],
      ['customer', 'Thank you, but I can wait. I would rather it worked for everybody.'],
      [
        'agent',
        'The new version is online. The colours are now an ordinary group of radio buttons. Would you try again?',
      ],
      ['customer', 'Works with arrow keys, and the focus is clearly visible. Ordered!'],
    ],
  },
];
